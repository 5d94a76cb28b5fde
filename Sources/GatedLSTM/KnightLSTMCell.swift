// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The LSTM of Knight's notes of 2017, in the letters of the lecture that they cite.
///
///     [i; f; o; g] = [σ; σ; σ; tanh] (W [h_{t−1}; x_t])
///     c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t
///     h_t = o_t ⊙ tanh(c_t)
///
/// W is [4H,H+I], the rows of the gates in the order i f o g, the columns of h before those of x; there
/// is no bias. The document shows the cell as a figure, so that the equations are read from CS231n's
/// lecture 10.
public struct KnightLSTMCell<Scalar: CellScalar>: StepwiseCell {
  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] { ["W": .stacked(gates: 4)] }
  /// Every signal, in the order of the equations.
  public static var signals: [String] { ["i", "f", "o", "g", "c", "h"] }
  /// The signals used at t−1.
  public static var states: [String] { ["c", "h"] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { ["h"] }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let W: Weight<Scalar>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, or a change lies
  ///   outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    W = try parameters.weight("W")
  }

  /// One step forward: the equations as printed.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let a = W * Batch(stacking: previous.h, x)
    let H = parameters.hiddenSize
    let i = sigmoid(a.units(0..<H))
    let f = sigmoid(a.units(H..<2 * H))
    let o = sigmoid(a.units(2 * H..<3 * H))
    let g = tanh(a.units(3 * H..<4 * H))
    let c = f ⊙ previous.c + i ⊙ g
    let h = o ⊙ tanh(c)
    return ["i": i, "f": f, "o": o, "g": g, "c": c, "h": h]
  }
}
