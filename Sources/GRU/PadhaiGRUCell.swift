// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The GRU of the Padhai notes.
///
///     o_t = σ(U_o x_t + W_o s_{t−1} + b_o)
///     i_t = σ(U_i x_t + W_i s_{t−1} + b_i)
///     s̃_t = σ(W (o_t ⊙ s_{t−1}) + U x_t + b)
///     s_t = (1 − i_t) ⊙ s_{t−1} + i_t ⊙ s̃_t
///
/// Every activation is the logistic function. Matrices U on x are [H,I], W on s [H,H], biases [H].
public struct PadhaiGRUCell<Scalar: CellScalar>: StepwiseCell {
  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] {
    [
      "U_o": .input, "W_o": .recurrent, "b_o": .bias,
      "U_i": .input, "W_i": .recurrent, "b_i": .bias,
      "U": .input, "W": .recurrent, "b": .bias,
    ]
  }
  /// Every signal, in the order of the equations.
  public static var signals: [String] { ["o", "i", "s_tilde", "s"] }
  /// The signals used at t−1.
  public static var states: [String] { ["s"] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { ["s"] }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let U_o, U_i, U: Weight<Scalar>
  let W_o, W_i, W: Weight<Scalar>
  let b_o, b_i, b: Bias<Scalar>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, or a change lies
  ///   outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    (U_o, W_o, b_o) = (
      try parameters.weight("U_o"), try parameters.weight("W_o"), try parameters.bias("b_o")
    )
    (U_i, W_i, b_i) = (
      try parameters.weight("U_i"), try parameters.weight("W_i"), try parameters.bias("b_i")
    )
    (U, W, b) = (
      try parameters.weight("U"), try parameters.weight("W"), try parameters.bias("b")
    )
  }

  /// One step forward: the equations as printed.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let o = sigmoid(U_o * x + W_o * previous.s + b_o)
    let i = sigmoid(U_i * x + W_i * previous.s + b_i)
    let s_tilde = sigmoid(W * (o ⊙ previous.s) + U * x + b)
    let s = (1 - i) ⊙ previous.s + i ⊙ s_tilde
    return ["o": o, "i": i, "s_tilde": s_tilde, "s": s]
  }
}
