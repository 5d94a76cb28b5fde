// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The LSTM of the Padhai notes, told as selective write, read and forget.
///
///     o_t = σ(U_o x_t + W_o h_{t−1} + b_o)
///     i_t = σ(U_i x_t + W_i h_{t−1} + b_i)
///     f_t = σ(U_f x_t + W_f h_{t−1} + b_f)
///     s̃_t = σ(W h_{t−1} + U x_t + b)             printed-candidate: σ(W (h_{t−1} + U x_t + b))
///     s_t = s̃_t ⊙ i_t + s_{t−1} ⊙ f_t
///     h_t = o_t ⊙ σ(s_t)                         linear-write: s_t ⊙ o_t
///
/// Every activation is the logistic function. Matrices U on x are [H,I], W on h [H,H], biases [H].
public struct PadhaiLSTMCell<Scalar: CellScalar, Reading: PadhaiLSTMReadingType>: StepwiseCell {
  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] {
    [
      "U_o": .input, "W_o": .recurrent, "b_o": .bias,
      "U_i": .input, "W_i": .recurrent, "b_i": .bias,
      "U_f": .input, "W_f": .recurrent, "b_f": .bias,
      "U": .input, "W": .recurrent, "b": .bias,
    ]
  }
  /// Every signal, in the order of the equations.
  public static var signals: [String] { ["o", "i", "f", "s_tilde", "s", "h"] }
  /// The signals used at t−1.
  public static var states: [String] { ["s", "h"] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { ["h"] }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let U_o, U_i, U_f, U: Weight<Scalar>
  let W_o, W_i, W_f, W: Weight<Scalar>
  let b_o, b_i, b_f, b: Bias<Scalar>

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
    (U_f, W_f, b_f) = (
      try parameters.weight("U_f"), try parameters.weight("W_f"), try parameters.bias("b_f")
    )
    (U, W, b) = (
      try parameters.weight("U"), try parameters.weight("W"), try parameters.bias("b")
    )
  }

  /// One step forward: the equations as printed.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let o = sigmoid(U_o * x + W_o * previous.h + b_o)
    let i = sigmoid(U_i * x + W_i * previous.h + b_i)
    let f = sigmoid(U_f * x + W_f * previous.h + b_f)
    let s_tilde =
      switch Reading.reading {
      case .canonical, .linearWrite: sigmoid(W * previous.h + U * x + b)
      case .printedCandidate: sigmoid(W * (previous.h + U * x + b))
      }
    let s = s_tilde ⊙ i + previous.s ⊙ f
    let h =
      switch Reading.reading {
      case .canonical, .printedCandidate: o ⊙ sigmoid(s)
      case .linearWrite: s ⊙ o
      }
    return ["o": o, "i": i, "f": f, "s_tilde": s_tilde, "s": s, "h": h]
  }
}
