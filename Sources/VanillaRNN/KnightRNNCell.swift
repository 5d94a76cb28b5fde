// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The RNN of Knight's notes of 2017, in the letters of the lecture that they cite.
///
///     h_t = tanh(W_hh h_{t−1} + W_xh x_t)
///     y_t = W_hy h_t
///
/// W_hh is [H,H], W_xh [H,I], W_hy [O,H]; there is no bias. The document shows the equations as a
/// figure, so that they are read from CS231n's lecture 10.
public struct KnightRNNCell<Scalar: CellScalar>: StepwiseCell {
  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] {
    ["W_hh": .recurrent, "W_xh": .input, "W_hy": .output]
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
  let W_hh, W_xh, W_hy: Weight<Scalar>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, or a change lies
  ///   outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    (W_hh, W_xh, W_hy) = (
      try parameters.weight("W_hh"), try parameters.weight("W_xh"), try parameters.weight("W_hy")
    )
  }

  /// One step forward: the equations as printed.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let h = tanh(W_hh * previous.h + W_xh * x)
    let y = W_hy * h
    return ["h": h, "y": y]
  }
}
