import RecurrentCells

/// One way to get a backward pass wrong.
protocol Fault: Sendable {
  /// Spoils what is about to be stepped back and the sums so far.
  static func before<Cell: StepwiseCell>(
    _ cell: Cell, _ gradients: inout ParameterGradients<Cell.Scalar>)
  /// Spoils what the step back found.
  static func after<Cell: StepwiseCell>(_ cell: Cell, _ found: inout StepGradients<Cell.Scalar>)
}

extension Fault {
  static func before<Cell: StepwiseCell>(
    _ cell: Cell, _ gradients: inout ParameterGradients<Cell.Scalar>
  ) {}
  static func after<Cell: StepwiseCell>(_ cell: Cell, _ found: inout StepGradients<Cell.Scalar>) {}
}

/// Every step overwrites the gradients of the parameters.
enum OverwrittenSums: Fault {
  static func before<Cell: StepwiseCell>(
    _ cell: Cell, _ gradients: inout ParameterGradients<Cell.Scalar>
  ) {
    gradients = ParameterGradients(zerosOf: cell.parameters)
  }
}

/// Nothing comes back from the next step through the last of the states.
enum ForgottenState: Fault {
  static func after<Cell: StepwiseCell>(_ cell: Cell, _ found: inout StepGradients<Cell.Scalar>) {
    let state = Cell.states[Cell.states.count - 1]
    found.previous = Signals(
      found.previous.batches.filter { $0.key != state },
      lagged: found.previous.lagged.mapValues {
        Signals($0.batches.filter { $0.key != state })
      })
  }
}

/// The gradient of x is half of what it should be.
enum HalvedInput: Fault {
  static func after<Cell: StepwiseCell>(_ cell: Cell, _ found: inout StepGradients<Cell.Scalar>) {
    let half = 0.5 - Batch<Cell.Scalar>(zeros: found.x.rows, found.x.columns)
    found.x = found.x ⊙ half
  }
}

/// A right cell with a fault in its way back.
struct WrongBackward<Right: StepwiseCell, F: Fault>: StepwiseCell {
  typealias Scalar = Right.Scalar
  static var parameterShapes: [String: ParameterShape] { Right.parameterShapes }
  static var signals: [String] { Right.signals }
  static var states: [String] { Right.states }
  static var outputs: [String: OutputSteps] { Right.outputs }
  static var lags: [Int] { Right.lags }
  static var constants: Set<String> { Right.constants }
  static var hiddenOutputs: [String] { Right.hiddenOutputs }

  let right: Right
  var parameters: CellParameters<Right.Scalar> { right.parameters }

  init(_ parameters: ParameterSet<Right.Scalar>) throws(CellError) {
    right = try Right(parameters)
  }

  func step(
    _ x: Batch<Right.Scalar>, after previous: Signals<Right.Scalar>
  ) -> Signals<Right.Scalar> {
    right.step(x, after: previous)
  }

  func stepBack(
    _ step: BackwardStep<Right.Scalar>, adding gradients: inout ParameterGradients<Right.Scalar>
  ) -> StepGradients<Right.Scalar> {
    F.before(right, &gradients)
    var found = right.stepBack(step, adding: &gradients)
    F.after(right, &found)
    return found
  }

  func output(of final: Signals<Right.Scalar>) -> Signals<Right.Scalar> {
    right.output(of: final)
  }

  func outputBack(
    _ output: BackwardOutput<Right.Scalar>, adding gradients: inout ParameterGradients<Right.Scalar>
  ) -> OutputGradients<Right.Scalar> {
    right.outputBack(output, adding: &gradients)
  }
}
