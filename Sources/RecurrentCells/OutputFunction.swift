/// The function of an output layer, which documents leave open: O in y = O(V h + c).
public protocol OutputFunction: Sendable {
  /// O of every vector [B,O].
  static func apply<Scalar>(_ a: consuming Batch<Scalar>) -> Batch<Scalar>

  /// The way back through y = O(a).
  ///
  /// - Parameters:
  ///   - dy: the gradient with respect to y, [B,O].
  ///   - y: O(a), [B,O].
  static func back<Scalar>(_ dy: Batch<Scalar>, _ y: Batch<Scalar>) -> OutputGradient<Scalar>
}

/// What the way back through an output function found.
public struct OutputGradient<Scalar: CellScalar>: Sendable {
  /// The gradient with respect to the function's argument, [B,O].
  public let argument: Batch<Scalar>
  /// What `Gradients.signals` says of the output, [B,O].
  public let signal: Batch<Scalar>
}

/// O(a) = softmax(a).
public enum SoftmaxOutput: OutputFunction {
  /// softmax(a).
  public static func apply<Scalar>(_ a: consuming Batch<Scalar>) -> Batch<Scalar> { softmax(a) }

  /// y ⊙ (dy − ⟨dy, y⟩); of the signal dy, as softmax does not act element by element.
  public static func back<Scalar>(
    _ dy: Batch<Scalar>, _ y: Batch<Scalar>
  ) -> OutputGradient<Scalar> {
    OutputGradient(argument: softmaxBack(dy, y), signal: dy)
  }
}

/// O(a) = σ(a).
public enum LogisticOutput: OutputFunction {
  /// σ(a).
  public static func apply<Scalar>(_ a: consuming Batch<Scalar>) -> Batch<Scalar> { sigmoid(a) }

  /// dy ⊙ y (1 − y), of the signal too.
  public static func back<Scalar>(
    _ dy: Batch<Scalar>, _ y: Batch<Scalar>
  ) -> OutputGradient<Scalar> {
    let δ = dy ⊙ y ⊙ (1 - y)
    return OutputGradient(argument: δ, signal: δ)
  }
}

/// O(a) = a.
public enum IdentityOutput: OutputFunction {
  /// a itself.
  public static func apply<Scalar>(_ a: consuming Batch<Scalar>) -> Batch<Scalar> { a }

  /// dy itself.
  public static func back<Scalar>(
    _ dy: Batch<Scalar>, _ y: Batch<Scalar>
  ) -> OutputGradient<Scalar> {
    OutputGradient(argument: dy, signal: dy)
  }
}
