// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The GRU of the cs224d notes, whose candidate has no bias.
///
///     z_t = σ(W_z h_{t−1} + U_z x_t + b_z)
///     r_t = σ(W_r h_{t−1} + U_r x_t + b_r)
///     h̃_t = tanh(r_t ⊙ W h_{t−1} + W_x x_t)     reset-before: tanh(W (r_t ⊙ h_{t−1}) + W_x x_t)
///     h_t = (1 − z_t) ⊙ h_{t−1} + z_t ⊙ h̃_t
///
/// Matrices W, W_z, W_r on h are [H,H], U_z, U_r, W_x on x [H,I], biases [H]. The document prints
/// W_{[x]} for W_x and u_r for U_r.
public struct CS224dGRUCell<Scalar: CellScalar, Reading: CS224dGRUReadingType>: FusedCell {
  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] {
    [
      "W_z": .recurrent, "U_z": .input, "b_z": .bias,
      "W_r": .recurrent, "U_r": .input, "b_r": .bias,
      "W": .recurrent, "W_x": .input,
    ]
  }
  /// Every signal, in the order of the equations.
  public static var signals: [String] { ["z", "r", "h_tilde", "h"] }
  /// The signals used at t−1.
  public static var states: [String] { ["h"] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { ["h"] }
  /// The gates and the two parts of the candidate side by side.
  ///
  /// None with reset-before, whose W applies to what a gate has been through.
  public static var fusedGates: FusedGates? {
    guard Reading.reading == .canonical else { return nil }
    return FusedGates(
      .gru, signals: ["z", "r", "h_tilde", "h"],
      blocks: [
        .init(recurrent: "W_z", input: "U_z", bias: "b_z"),
        .init(recurrent: "W_r", input: "U_r", bias: "b_r"),
        .init(recurrent: "W"),
        .init(input: "W_x"),
      ])
  }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let W_z, W_r, W: Weight<Scalar>
  let U_z, U_r, W_x: Weight<Scalar>
  let b_z, b_r: Bias<Scalar>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, or a change lies
  ///   outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    (W_z, U_z, b_z) = (
      try parameters.weight("W_z"), try parameters.weight("U_z"), try parameters.bias("b_z")
    )
    (W_r, U_r, b_r) = (
      try parameters.weight("W_r"), try parameters.weight("U_r"), try parameters.bias("b_r")
    )
    (W, W_x) = (try parameters.weight("W"), try parameters.weight("W_x"))
  }

  /// One step forward: the equations as printed.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let z = sigmoid(W_z * previous.h + U_z * x + b_z)
    let r = sigmoid(W_r * previous.h + U_r * x + b_r)
    let h_tilde =
      switch Reading.reading {
      case .canonical: tanh(r ⊙ W * previous.h + W_x * x)
      case .resetBefore: tanh(W * (r ⊙ previous.h) + W_x * x)
      }
    let h = (1 - z) ⊙ previous.h + z ⊙ h_tilde
    return ["z": z, "r": r, "h_tilde": h_tilde, "h": h]
  }
}
