// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The hidden layer of the tutorial of 2016-05-18 by itself, for networks of several.
///
///     s_t = f(U x_t + W s_{t−1})       f = tanh, or relu
///
/// U is [H,I], W [H,H]; there is no bias and no output.
public struct ElmanHiddenCell<Scalar: CellScalar, Reading: ElmanReadingType>: StepwiseCell {
  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] { ["U": .input, "W": .recurrent] }
  /// Every signal.
  public static var signals: [String] { ["s"] }
  /// The signals used at t−1.
  public static var states: [String] { ["s"] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { ["s"] }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let U, W: Weight<Scalar>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, or a change lies
  ///   outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    (U, W) = (try parameters.weight("U"), try parameters.weight("W"))
  }

  /// One step forward: the equation as printed.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let s =
      switch Reading.reading {
      case .tanh: tanh(U * x + W * previous.s)
      case .relu: relu(U * x + W * previous.s)
      }
    return ["s": s]
  }

  /// One step back.
  ///
  /// With ds the gradient with respect to s and δs that with respect to the argument of f, both
  /// complete:
  ///
  ///     ds_t = upstream + Wᵀ δs_{t+1}
  ///     δs_t = ds_t ⊙ (1 − s_t²)              relu: ds_t where s_t > 0, else 0
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let (s, ds) = (step.now.s, step.upstream.s)

    let δs =
      switch Reading.reading {
      case .tanh: ds ⊙ (1 - s ⊙ s)
      case .relu: ds ⊙ reluSlope(s)
      }

    gradients.add(δs, step.x, to: U)
    gradients.add(δs, step.previous.s, to: W)
    return StepGradients(
      signals: ["s": δs], x: U.transposed * δs, previous: ["s": W.transposed * δs])
  }
}
