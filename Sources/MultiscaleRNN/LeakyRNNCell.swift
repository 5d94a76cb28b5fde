// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The RNN with leaky units of the cs224d notes.
///
///     h_t = α ⊙ h_{t−1} + (1 − α) ⊙ F(h_{t−1}, x_t)
///     F(h, x) = W f(h) + W_hs x                          f = tanh
///
/// α is [H] in 0…1, W [H,H], W_hs [H,I]. F is the notes' standard RNN, which is α = 0; they write the
/// equation for one unit i.
///
/// A fixed α outside 0…1 is refused. A learned one may leave 0…1, as a step of gradient descent or of a
/// finite difference takes it there: the equation is defined for every α, and what it gives is what the
/// cell gives; to keep α in 0…1 is up to who trains it.
public struct LeakyRNNCell<Scalar: CellScalar, Reading: LeakyRNNReadingType>: StepwiseCell {
  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] {
    ["alpha": .scale, "W": .recurrent, "W_hs": .input]
  }
  /// Every signal, in the order of the equations.
  public static var signals: [String] { ["h"] }
  /// The signals used at t−1.
  public static var states: [String] { ["h"] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { ["h"] }
  /// α where it is fixed.
  public static var constants: Set<String> {
    switch Reading.reading {
    case .learned: []
    case .fixed: ["alpha"]
    }
  }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let alpha: Scale<Scalar>
  let W, W_hs: Weight<Scalar>

  /// A cell with the given parameters.
  ///
  /// A change of α for a single batch element may leave 0…1 in either reading.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, when an element
  ///   of α is not finite or, where α is fixed, lies outside 0…1, or a change lies outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    alpha = try parameters.scale("alpha")
    (W, W_hs) = (try parameters.weight("W"), try parameters.weight("W_hs"))
    try Self.check(alpha)
  }

  private static func check(_ alpha: Scale<Scalar>) throws(CellError) {
    for (unit, value) in alpha.vector.scalars.enumerated() {
      let (isRight, expected) =
        switch Reading.reading {
        case .learned: (value.isFinite, "a finite number")
        case .fixed: (0...1 ~= value, "0…1")
        }
      guard isRight else {
        throw CellError(
          code: .value, name: "alpha",
          message: "found \(value) for unit \(unit), expected \(expected)")
      }
    }
  }

  /// One step forward: the equation as printed.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let α = alpha.repeated(x.rows)
    let h = α ⊙ previous.h + (1 - α) ⊙ F(tanh(previous.h), x)
    return ["h": h]
  }

  /// The standard RNN, from f(h) and x.
  func F(_ fh: Batch<Scalar>, _ x: Batch<Scalar>) -> Batch<Scalar> { W * fh + W_hs * x }
}
