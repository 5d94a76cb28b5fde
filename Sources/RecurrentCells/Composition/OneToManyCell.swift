import Tensors

/// A cell, composed or not, that reads its input at the first step only: one input to many outputs.
///
///     x_1, 0, 0, …
///
/// Signals, states and parameters are those of the cell. x is [T,B,I] as ever; at every step after the
/// first it is ignored, whatever it holds, and its gradient there is 0.
public struct OneToManyCell<Inner: ComposableCell>: ComposableCell {
  /// Float or Double.
  public typealias Scalar = Inner.Scalar

  /// Those of the cell.
  public static var signals: [String] { Inner.signals }
  /// Those of the cell.
  public static var states: [String] { Inner.states }
  /// Those of the cell.
  public static var outputs: [String: OutputSteps] { Inner.outputs }
  /// Those of the cell.
  public static var constants: Set<String> { Inner.constants }
  /// Those of the cell.
  public static var hiddenOutputs: [String] { Inner.hiddenOutputs }

  /// Those of the cell.
  public static func parameterExtents(of sizes: CellSizes) -> [String: [Int]] {
    Inner.parameterExtents(of: sizes)
  }

  /// That of the cell.
  public static func name(_ own: String, inLayer layer: Int) -> String {
    Inner.name(own, inLayer: layer)
  }

  /// Those of the cell.
  public var sizes: CellSizes { inner.sizes }
  /// That of the cell.
  public var lastChangedElement: Int? { inner.lastChangedElement }

  private let inner: Inner

  /// A cell with the given parameters.
  ///
  /// - Throws: what the cell throws.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    inner = try Inner(set)
  }

  /// Runs the cell over the first x and zeros.
  public func forward(_ batch: SequenceBatch<Scalar>) throws(CellError) -> Inner.Trace {
    try check(batch)
    return try inner.forward(
      SequenceBatch(
        x: batch.x.keepingFirstStep(), lengths: batch.lengths, initial: batch.initial))
  }

  /// Walks the cell back; of its ∂E/∂x the first step is the input's.
  public func backward(
    _ trace: Inner.Trace, upstream: Upstream<Scalar>, truncation: Truncation?
  ) throws(CellError) -> Gradients<Scalar> {
    var found = try inner.backward(trace, upstream: upstream, truncation: truncation)
    found.x = found.x.keepingFirstStep()
    return found
  }
}

extension Tensor where Scalar: CellScalar {
  /// The same sequence [T,B,N] with zeros at every step but the first.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  fileprivate func keepingFirstStep() -> Tensor {
    var kept = Tensor(zeros: shape)
    let first = shape[0] == 0 ? 0 : count / shape[0]
    kept.withUnsafeMutableScalars { target in
      withUnsafeScalars { source in
        for position in 0..<first { target[position] = source[position] }
      }
    }
    return kept
  }
}
