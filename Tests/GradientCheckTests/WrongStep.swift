import RecurrentCells

/// One way to get a step back wrong.
protocol Fault: Sendable {
  /// Spoils the sums over the steps before a step adds to them.
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

/// Nothing comes back from the next step.
enum TruncatedBackpropagation: Fault {
  static func after<Cell: StepwiseCell>(_ cell: Cell, _ found: inout StepGradients<Cell.Scalar>) {
    found.previous = Signals(found.previous.batches.mapValues { Batch(zeros: $0.rows, $0.columns) })
  }
}

/// The first of the states does not bring back what it should.
enum DroppedTerm: Fault {
  static func after<Cell: StepwiseCell>(_ cell: Cell, _ found: inout StepGradients<Cell.Scalar>) {
    var batches = found.previous.batches
    batches[Cell.states[0]] = batches[Cell.states[0]].map { Batch(zeros: $0.rows, $0.columns) }
    found.previous = Signals(batches)
  }
}

/// A right cell with a fault in its step back.
struct WrongStep<Right: StepwiseCell, F: Fault>: StepwiseCell {
  typealias Scalar = Right.Scalar
  static var parameterShapes: [String: ParameterShape] { Right.parameterShapes }
  static var signals: [String] { Right.signals }
  static var states: [String] { Right.states }
  static var hiddenOutputs: [String] { Right.hiddenOutputs }

  private let right: Right
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
}
