/// A cell written as the equations of one step and their way back.
///
/// Conforming types say what happens between t−1 and t; the walk through the sequence, ragged
/// batches, upstream gradients, sums over steps and every check of what was given are common to all
/// of them and come with this protocol.
public protocol StepwiseCell<Scalar>: RecurrentCell where Trace == SequenceTrace<Scalar> {
  /// The parameters by the document's name.
  static var parameterShapes: [String: ParameterShape] { get }
  /// Every signal, in the order of the equations.
  static var signals: [String] { get }
  /// The signals that some equation uses at t−1.
  static var states: [String] { get }

  /// The parameters, checked against `parameterShapes`.
  var parameters: CellParameters<Scalar> { get }

  /// One step forward.
  ///
  /// - Parameters:
  ///   - x: x_t, [B,I].
  ///   - previous: the states at t−1, each [B,H].
  /// - Returns: every signal at t, each [B,H].
  func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar>

  /// One step back.
  ///
  /// - Parameters:
  ///   - step: what the step computed, and the gradients that arrive at its signals.
  ///   - gradients: the sums over the steps, to which this one adds its part.
  /// - Returns: the gradients with respect to what the step started from.
  func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar>
}

/// What a step back starts from.
public struct BackwardStep<Scalar: CellScalar>: Sendable {
  /// x_t, [B,I].
  public let x: Batch<Scalar>
  /// The states at t−1, each [B,H].
  public let previous: Signals<Scalar>
  /// Every signal at t, each [B,H].
  public let now: Signals<Scalar>
  /// What arrives at the signals of this step, each [B,H].
  ///
  /// The upstream gradient, and for a state also what comes back from step t+1. Zero where there is
  /// none.
  public let upstream: Signals<Scalar>
}

/// What a step back found.
public struct StepGradients<Scalar: CellScalar>: Sendable {
  /// By signal, each [B,H], what `Gradients.signals` says.
  public var signals: Signals<Scalar>
  /// ∂E/∂x_t, [B,I].
  public var x: Batch<Scalar>
  /// By state, each [B,H]: the gradient with respect to its value at t−1 through this step.
  public var previous: Signals<Scalar>

  /// The gradients of one step.
  public init(signals: Signals<Scalar>, x: Batch<Scalar>, previous: Signals<Scalar>) {
    self.signals = signals
    self.x = x
    self.previous = previous
  }
}
