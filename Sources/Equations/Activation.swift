/// What a function's letter means.
public enum Activation: String, Hashable, Sendable, Codable, CaseIterable {
  /// The logistic function σ(x) = 1 ÷ (1 + e^−x).
  case logistic
  /// The hyperbolic tangent.
  case tanh
  /// max(0, x).
  case relu
  /// x itself.
  case identity
  /// e^{x_i} ÷ Σ_j e^{x_j}, over the units of a vector.
  case softmax
  /// 1 where x > 0 and 0 elsewhere: the derivative of relu, with relu′(0) = 0.
  case unitStep

  /// Whether each unit of the result depends on the same unit of the argument alone.
  public var isElementwise: Bool { self != .softmax }
}

/// A function as a document prints it.
public struct Function: Hashable, Sendable {
  /// The printed name, a Greek letter by its LaTeX name without the backslash: `sigma`, `tanh`, `f`.
  public let name: String
  /// What it means.
  public let activation: Activation

  /// A function.
  public init(_ name: String, _ activation: Activation) {
    self.name = name
    self.activation = activation
  }
}
