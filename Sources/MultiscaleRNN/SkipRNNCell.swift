// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The cs224d notes' RNN with connections that skip d − 1 steps, beside those between neighbours.
///
///     h_t = W f(h_{t−1}) + W_d f(h_{t−d}) + W_hs x_t     f = tanh
///
/// W and W_d are [H,H], W_hs [H,I]. A state of before the first step is the initial one. The document
/// describes the connections in words; the equation is its standard RNN with one term more.
public struct SkipRNNCell<Scalar: CellScalar, Delay: TimeDelay>: StepwiseCell {
  /// The parameters by name.
  public static var parameterShapes: [String: ParameterShape] {
    ["W": .recurrent, "W_d": .recurrent, "W_hs": .input]
  }
  /// Every signal, in the order of the equations.
  public static var signals: [String] { ["h"] }
  /// The signals used at t−1 and t−d.
  public static var states: [String] { ["h"] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { ["h"] }
  /// d.
  public static var lags: [Int] { [Delay.steps] }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let W, W_d, W_hs: Weight<Scalar>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, when d is below 1,
  ///   or a change lies outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    try Delay.check()
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    (W, W_d, W_hs) = (
      try parameters.weight("W"), try parameters.weight("W_d"), try parameters.weight("W_hs")
    )
  }

  /// One step forward: the equation.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let skipped = previous[lag: Delay.steps]
    let h = W * tanh(previous.h) + W_d * tanh(skipped.h) + W_hs * x
    return ["h": h]
  }
}
