// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The simple RNN of the post of 2015-03-11 after arXiv 1411.4389 by Donahue and others.
///
///     h_t = σ(W_xh x_t + W_hh h_{t−1} + b_h)
///     y_t = σ(W_hy h_t + b_y)
///
/// σ is the logistic function. W_xh is [H,I], W_hh [H,H], W_hy [O,H], b_h [H], b_y [O].
public struct DonahueRNNCell<Scalar: CellScalar>: StepwiseCell {
  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] {
    ["W_xh": .input, "W_hh": .recurrent, "b_h": .bias, "W_hy": .output, "b_y": .outputBias]
  }
  /// Every signal, in the order of the equations.
  public static var signals: [String] { ["h", "y"] }
  /// The signals used at t−1.
  public static var states: [String] { ["h"] }
  /// The signals of O units.
  public static var outputs: [String: OutputSteps] { ["y": .every] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { ["h"] }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let W_xh, W_hh, W_hy: Weight<Scalar>
  let b_h, b_y: Bias<Scalar>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, or a change lies
  ///   outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    (W_xh, W_hh, b_h) = (
      try parameters.weight("W_xh"), try parameters.weight("W_hh"), try parameters.bias("b_h")
    )
    (W_hy, b_y) = (try parameters.weight("W_hy"), try parameters.bias("b_y"))
  }

  /// One step forward: the equations as printed.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let h = sigmoid(W_xh * x + W_hh * previous.h + b_h)
    let y = sigmoid(W_hy * h + b_y)
    return ["h": h, "y": y]
  }
}
