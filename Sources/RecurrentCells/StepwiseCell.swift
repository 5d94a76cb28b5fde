/// A cell written as the equations of one step and their way back.
///
/// Conforming types say what happens between t−1 and t; the walk through the sequence, ragged
/// batches, upstream gradients, sums over steps and every check of what was given are common to all
/// of them and come with this protocol.
public protocol StepwiseCell<Scalar>: ComposableCell where Trace == SequenceTrace<Scalar> {
  /// The parameters by the document's name.
  static var parameterShapes: [String: ParameterShape] { get }
  /// Every d, 1 or more, for which a step uses the states at t−d otherwise than as those at t−1.
  static var lags: [Int] { get }

  /// The parameters, checked against `parameterShapes`.
  var parameters: CellParameters<Scalar> { get }

  /// One step forward.
  ///
  /// - Parameters:
  ///   - x: x_t, [B,I].
  ///   - previous: the states at t−1 and those of every lag, each [B,H].
  /// - Returns: every signal at t, each [B,H] or [B,O].
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

  /// The outputs of the last state alone.
  ///
  /// - Parameter final: the states after each element's own last step, each [B,H].
  /// - Returns: every such output, [B,O].
  func output(of final: Signals<Scalar>) -> Signals<Scalar>

  /// The way back through the outputs of the last state.
  ///
  /// - Parameters:
  ///   - output: what was computed, and the upstream gradients.
  ///   - gradients: the sums of the parameters' gradients, to which this adds its part.
  /// - Returns: the gradients with respect to the outputs and to the last states.
  func outputBack(
    _ output: BackwardOutput<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> OutputGradients<Scalar>
}

extension StepwiseCell {
  /// None: a step uses the states at t−1 only.
  public static var lags: [Int] { [] }

  /// Those of `parameterShapes`.
  public static func parameterExtents(of sizes: CellSizes) -> [String: [Int]] {
    parameterShapes.mapValues {
      $0.extents(
        inputSize: sizes.inputSize, hiddenSize: sizes.hiddenSize, outputSize: sizes.outputSize)
    }
  }

  /// Those that the parameters have.
  public var sizes: CellSizes { parameters.sizes }
  /// That of `parameters`.
  public var lastChangedElement: Int? { parameters.lastChangedElement }

  /// Nothing.
  public func output(of final: Signals<Scalar>) -> Signals<Scalar> { [:] }

  /// Nothing.
  public func outputBack(
    _ output: BackwardOutput<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> OutputGradients<Scalar> {
    OutputGradients(signals: [:], final: [:])
  }
}

/// What a step back starts from.
public struct BackwardStep<Scalar: CellScalar>: Sendable {
  /// x_t, [B,I].
  public let x: Batch<Scalar>
  /// The states at t−1 and those of every lag, each [B,H].
  public let previous: Signals<Scalar>
  /// Every signal at t, each [B,H] or [B,O].
  public let now: Signals<Scalar>
  /// What arrives at the signals of this step, each [B,H] or [B,O].
  ///
  /// The upstream gradient, and for a state also what comes back from later steps. Zero where there
  /// is none.
  public let upstream: Signals<Scalar>

  /// What a cell that is part of another one is stepped back from.
  public init(
    x: Batch<Scalar>, previous: Signals<Scalar>, now: Signals<Scalar>, upstream: Signals<Scalar>
  ) {
    self.x = x
    self.previous = previous
    self.now = now
    self.upstream = upstream
  }
}

/// What a step back found.
public struct StepGradients<Scalar: CellScalar>: Sendable {
  /// By signal, each [B,H] or [B,O], what `Gradients.signals` says.
  public var signals: Signals<Scalar>
  /// ∂E/∂x_t, [B,I].
  public var x: Batch<Scalar>
  /// By state, each [B,H]: the gradient with respect to its value at t−1 through this step, and by lag
  /// that with respect to its value at t−d.
  ///
  /// A state that is not here has none.
  public var previous: Signals<Scalar>

  /// The gradients of one step.
  public init(signals: Signals<Scalar>, x: Batch<Scalar>, previous: Signals<Scalar>) {
    self.signals = signals
    self.x = x
    self.previous = previous
  }
}

/// What the way back through the outputs of the last state starts from.
public struct BackwardOutput<Scalar: CellScalar>: Sendable {
  /// The states after each element's own last step, each [B,H].
  public let final: Signals<Scalar>
  /// Every such output, [B,O].
  public let now: Signals<Scalar>
  /// The upstream gradients of these outputs, each [B,O]; zero where there is none.
  public let upstream: Signals<Scalar>
}

/// What the way back through the outputs of the last state found.
public struct OutputGradients<Scalar: CellScalar>: Sendable {
  /// By output, each [B,O], what `Gradients.signals` says.
  public var signals: Signals<Scalar>
  /// By state, each [B,H]: the gradient with respect to its last value through the outputs.
  ///
  /// A state that is not here has none.
  public var final: Signals<Scalar>

  /// The gradients of the outputs.
  public init(signals: Signals<Scalar>, final: Signals<Scalar>) {
    self.signals = signals
    self.final = final
  }
}
