// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The RNN of the cs224d notes, whose state is taken before the nonlinearity.
///
///     h_t = W f(h_{t−1}) + W_hs x_t        f = tanh
///     ŷ_t = W_S f(h_t)                     softmax-output: softmax(W_S f(h_t))
///
/// W is [H,H], W_hs [H,I], W_S [O,H]; there is no bias. The document leaves f open, writes W^{(hs)}
/// and W^{(S)}, and x_{[t]} for x_t.
public struct CS224dRNNCell<Scalar: CellScalar, Reading: CS224dRNNReadingType>: StepwiseCell {
  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] {
    ["W": .recurrent, "W_hs": .input, "W_S": .output]
  }
  /// Every signal, in the order of the equations.
  public static var signals: [String] { ["h", "y_hat"] }
  /// The signals used at t−1.
  public static var states: [String] { ["h"] }
  /// The signals of O units.
  public static var outputs: [String: OutputSteps] { ["y_hat": .every] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { ["h"] }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let W, W_hs, W_S: Weight<Scalar>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, or a change lies
  ///   outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    (W, W_hs, W_S) = (
      try parameters.weight("W"), try parameters.weight("W_hs"), try parameters.weight("W_S")
    )
  }

  /// One step forward: the equations as printed.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let h = W * tanh(previous.h) + W_hs * x
    let y_hat = Reading.Output.apply(W_S * tanh(h))
    return ["h": h, "y_hat": y_hat]
  }
}
