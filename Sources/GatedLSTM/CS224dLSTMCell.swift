// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The LSTM of the cs224d notes, whose candidate has no bias.
///
///     C_t = f_t ⊙ C_{t−1} + i_t ⊙ C̃_t
///     C̃_t = tanh(W h_{t−1} + W_x x_t)
///     f_t = σ(W_f h_{t−1} + U_f x_t + b_f)
///     i_t = σ(W_i h_{t−1} + U_i x_t + b_i)
///     h_t = o_t ⊙ tanh(C_t)
///     o_t = σ(W_o h_{t−1} + U_o x_t + b_o)
///
/// Matrices W, W_f, W_i, W_o on h are [H,H], W_x, U_f, U_i, U_o on x [H,I], biases [H]. The document
/// prints W_{[x]} for W_x.
public struct CS224dLSTMCell<Scalar: CellScalar>: StepwiseCell {
  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] {
    [
      "W": .recurrent, "W_x": .input,
      "W_f": .recurrent, "U_f": .input, "b_f": .bias,
      "W_i": .recurrent, "U_i": .input, "b_i": .bias,
      "W_o": .recurrent, "U_o": .input, "b_o": .bias,
    ]
  }
  /// Every signal, in the order of the equations.
  public static var signals: [String] { ["C", "C_tilde", "f", "i", "h", "o"] }
  /// The signals used at t−1.
  public static var states: [String] { ["C", "h"] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { ["h"] }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let W, W_f, W_i, W_o: Weight<Scalar>
  let W_x, U_f, U_i, U_o: Weight<Scalar>
  let b_f, b_i, b_o: Bias<Scalar>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, or a change lies
  ///   outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    (W, W_x) = (try parameters.weight("W"), try parameters.weight("W_x"))
    (W_f, U_f, b_f) = (
      try parameters.weight("W_f"), try parameters.weight("U_f"), try parameters.bias("b_f")
    )
    (W_i, U_i, b_i) = (
      try parameters.weight("W_i"), try parameters.weight("U_i"), try parameters.bias("b_i")
    )
    (W_o, U_o, b_o) = (
      try parameters.weight("W_o"), try parameters.weight("U_o"), try parameters.bias("b_o")
    )
  }

  /// One step forward: the equations as printed, each after what it uses.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let f = sigmoid(W_f * previous.h + U_f * x + b_f)
    let i = sigmoid(W_i * previous.h + U_i * x + b_i)
    let o = sigmoid(W_o * previous.h + U_o * x + b_o)
    let C_tilde = tanh(W * previous.h + W_x * x)
    let C = f ⊙ previous.C + i ⊙ C_tilde
    let h = o ⊙ tanh(C)
    return ["C": C, "C_tilde": C_tilde, "f": f, "i": i, "h": h, "o": o]
  }
}
