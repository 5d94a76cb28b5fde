// The parameters bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The LSTM of the post of 2015-03-11 after arXiv 1411.4389 by Donahue and others.
///
///     i_t = σ(W_xi x_t + W_hi h_{t−1} + b_i)
///     f_t = σ(W_xf x_t + W_hf h_{t−1} + b_f)
///     o_t = σ(W_xo x_t + W_ho h_{t−1} + b_o)
///     g_t = φ(W_xc x_t + W_hc h_{t−1} + b_c)
///     c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t
///     h_t = o_t ⊙ φ(c_t)
///
/// σ is the logistic function, φ is tanh. Matrices on x are [H,I], on h [H,H], biases [H]. The
/// document prints W_{wi} for W_xi.
public struct DonahueLSTMCell<Scalar: CellScalar>: FusedCell {
  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] {
    [
      "W_xi": .input, "W_hi": .recurrent, "b_i": .bias,
      "W_xf": .input, "W_hf": .recurrent, "b_f": .bias,
      "W_xo": .input, "W_ho": .recurrent, "b_o": .bias,
      "W_xc": .input, "W_hc": .recurrent, "b_c": .bias,
    ]
  }
  /// Every signal, in the order of the equations.
  public static var signals: [String] { ["i", "f", "o", "g", "c", "h"] }
  /// The signals used at t−1.
  public static var states: [String] { ["c", "h"] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { ["h"] }
  /// The four gates side by side.
  public static var fusedGates: FusedGates? {
    FusedGates(
      .lstm, signals: ["i", "f", "o", "g", "c", "h"],
      blocks: [
        .init(recurrent: "W_hi", input: "W_xi", bias: "b_i"),
        .init(recurrent: "W_hf", input: "W_xf", bias: "b_f"),
        .init(recurrent: "W_ho", input: "W_xo", bias: "b_o"),
        .init(recurrent: "W_hc", input: "W_xc", bias: "b_c"),
      ])
  }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let W_xi, W_xf, W_xo, W_xc: Weight<Scalar>
  let W_hi, W_hf, W_ho, W_hc: Weight<Scalar>
  let b_i, b_f, b_o, b_c: Bias<Scalar>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, or a change lies
  ///   outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    (W_xi, W_hi, b_i) = (
      try parameters.weight("W_xi"), try parameters.weight("W_hi"), try parameters.bias("b_i")
    )
    (W_xf, W_hf, b_f) = (
      try parameters.weight("W_xf"), try parameters.weight("W_hf"), try parameters.bias("b_f")
    )
    (W_xo, W_ho, b_o) = (
      try parameters.weight("W_xo"), try parameters.weight("W_ho"), try parameters.bias("b_o")
    )
    (W_xc, W_hc, b_c) = (
      try parameters.weight("W_xc"), try parameters.weight("W_hc"), try parameters.bias("b_c")
    )
  }

  /// One step forward: the equations as printed.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let i = sigmoid(W_xi * x + W_hi * previous.h + b_i)
    let f = sigmoid(W_xf * x + W_hf * previous.h + b_f)
    let o = sigmoid(W_xo * x + W_ho * previous.h + b_o)
    let g = tanh(W_xc * x + W_hc * previous.h + b_c)
    let c = f ⊙ previous.c + i ⊙ g
    let h = o ⊙ tanh(c)
    return ["i": i, "f": f, "o": o, "g": g, "c": c, "h": h]
  }
}
