import RecurrentCells
import Tensors

/// A cell whose perturbations go through its forward pass as the columns of one batch.
///
/// Every column is a copy of one batch element of the case, with one number changed: a parameter's by a
/// change that this column alone sees (`ParameterSet.changes`), an input's or an initial state's in
/// place. Outputs of one batch element never depend on another's inputs, so that a changed input or state
/// needs one column, and a changed parameter one for each batch element. A column is a run of the whole
/// sequence, whatever step is changed: of a cell with a backward direction every step depends on every
/// other. Only a cell with fused loops starts
/// at the step of the change, in tiles of columns (`FusedColumns`).
public struct BatchedCell<Cell: RecurrentCell>: DifferentiableSubject where Cell.Scalar == Double {
  /// The case at which the cell is differentiated.
  public let problem: Case<Double>
  private let loss: Loss
  /// By batch element the fused losses; nil for what has to go through the cell's own forward pass.
  private let tiles: [TileLoss?]

  /// A cell at a case.
  ///
  /// - Throws: `GradientCheckError` when the tensors of the case do not fit one another.
  public init(_ cell: Cell.Type, at problem: Case<Double>) throws {
    try problem.checkShapes()
    self.problem = problem
    loss = Loss(of: problem)
    tiles = (0..<problem.batch.batch).map { TileLoss(of: cell, at: problem, element: $0) }
  }

  /// Those that the cell declares.
  public var constants: Set<String> { (Cell.self as? any ComposableCell.Type)?.constants ?? [] }

  /// As many as keep a signal of a block within the cache, and at least one number's.
  public var changesAtOnce: Int {
    if tiles.contains(where: { $0 != nil }) { return 8 * FusedColumns.width }
    let width = problem.batch.initial.values.map { $0.shape[1] }.max() ?? 1
    let numbers = max(problem.batch.steps, 1) * max(width, problem.batch.inputSize, 1)
    return max(Self.numbersAtOnce / numbers, 1)
  }

  private static var numbersAtOnce: Int { 1 << 14 }

  /// The loss after each change: for a parameter of the whole batch, else of the element it belongs to.
  ///
  /// - Throws: `CellError` from the cell, `GradientCheckError` when a signal that has a cotangent is
  ///   missing or of the wrong shape, or the case has no number that a change names.
  public func losses(of changes: [Change]) throws -> [Double] {
    var losses = [Double](repeating: 0, count: changes.count)
    let owners = try owners(of: changes)
    for element in 0..<problem.batch.batch {
      let concerned = changes.indices.filter { owners[$0] == nil || owners[$0] == element }
      guard !concerned.isEmpty else { continue }
      if let own = tiles[element]?.losses(of: concerned.map { changes[$0] }) {
        for (change, value) in zip(concerned, own) { losses[change] += value }
        continue
      }
      let columns = Columns(of: problem, element: element, changes: concerned.map { changes[$0] })
      let trace = try Cell(ParameterSet(problem.parameters, changes: columns.parameterChanges))
        .forward(columns.batch)
      let (signals, final) = (trace.signals, trace.final)
      let own = try loss.values(columns: concerned.map { _ in element }) { quantity in
        switch quantity {
        case .sequence(let name): signals[name]
        case .final(let name): final[name]
        case .parameter, .inputs, .initial, .cotangent: nil
        }
      }
      for (change, value) in zip(concerned, own) { losses[change] += value }
    }
    return losses
  }

  /// The gradients by the cell's backward pass over the whole batch.
  ///
  /// - Throws: `CellError` from the cell.
  public func gradients() throws -> Answers<Double> {
    let cell = try Cell(ParameterSet(problem.parameters))
    let found = try cell.backward(cell.forward(problem.batch), upstream: problem.upstream)
    var answers: Answers<Double> = [.inputs("x"): found.x]
    for (name, gradient) in found.parameters { answers[.parameter(name)] = gradient }
    for (name, gradient) in found.initial { answers[.initial(name)] = gradient }
    return answers
  }

  /// The batch element that each change concerns; nil where it concerns all.
  private func owners(of changes: [Change]) throws(GradientCheckError) -> [Int?] {
    var owners: [Int?] = []
    owners.reserveCapacity(changes.count)
    for (place, change) in changes.enumerated() {
      // The steps of one number follow one another.
      if place > 0, changes[place - 1].index == change.index,
        changes[place - 1].quantity == change.quantity
      {
        owners.append(owners[place - 1])
        continue
      }
      try problem.check(change)
      owners.append(problem.element(of: change.quantity, change.index))
    }
    return owners
  }
}
