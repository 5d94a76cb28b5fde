// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The RNN of the tutorial of 2016-05-18.
///
///     s_t = f(U x_t + W s_{t−1})       f = tanh, or relu
///     o_t = softmax(V s_t)
///
/// U is [H,I], W [H,H], V [O,H]; there is no bias.
public struct ElmanCell<Scalar: CellScalar, Reading: ElmanReadingType>: StepwiseCell {
  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] {
    ["U": .input, "W": .recurrent, "V": .output]
  }
  /// Every signal, in the order of the equations.
  public static var signals: [String] { ["s", "o"] }
  /// The signals used at t−1.
  public static var states: [String] { ["s"] }
  /// The signals of O units.
  public static var outputs: [String: OutputSteps] { ["o": .every] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { ["s"] }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let U, W, V: Weight<Scalar>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, or a change lies
  ///   outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    (U, W, V) = (
      try parameters.weight("U"), try parameters.weight("W"), try parameters.weight("V")
    )
  }

  /// One step forward: the equations as printed.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let s =
      switch Reading.reading {
      case .tanh: tanh(U * x + W * previous.s)
      case .relu: relu(U * x + W * previous.s)
      }
    let o = softmax(V * s)
    return ["s": s, "o": o]
  }
}
