import Synchronization

/// What a type of cell declares, put together once for each type.
///
/// What a composed cell declares is made of what its parts do, name by name, each time that it is asked for;
/// and a cell is made and run anew for every case.
final class CellDeclaration: Sendable {
  /// Every signal, in the order of the equations.
  let signals: [String]
  /// The signals that every step has.
  let stepSignals: [String]
  /// The outputs of the last state alone.
  let lastOutputs: [String]
  /// The signals that some equation uses at an earlier step.
  let states: [String]
  /// The signals of O units.
  let outputs: [String: OutputSteps]
  /// What a layer above reads.
  let hiddenOutputs: [String]
  /// Every parameter, in alphabetical order.
  let parameters: [String]
  /// By sizes the extents of every parameter.
  private let extents = Mutex<[CellSizes: [String: [Int]]]>([:])
  /// By place the names of the whole for those of the cell.
  private let names = Mutex<[Place: [String: String]]>([:])

  private init<Cell: ComposableCell>(of cell: Cell.Type) {
    let (signals, outputs) = (cell.signals, cell.outputs)
    self.signals = signals
    stepSignals = signals.filter { outputs[$0] != .last }
    lastOutputs = signals.filter { outputs[$0] == .last }
    states = cell.states
    self.outputs = outputs
    hiddenOutputs = cell.hiddenOutputs
    let sizes = CellSizes(inputSize: 1, hiddenSize: 1, outputSize: 1)
    parameters = cell.parameterExtents(of: sizes).keys.sorted()
  }

  /// What a type of cell declares.
  static func of<Cell: ComposableCell>(_ cell: Cell.Type) -> CellDeclaration {
    let type = ObjectIdentifier(cell)
    if let known = known.withLock({ $0[type] }) { return known }
    // Outside the lock, as the parts are asked what they declare.
    let declaration = CellDeclaration(of: cell)
    known.withLock { $0[type] = declaration }
    return declaration
  }

  private static let known = Mutex<[ObjectIdentifier: CellDeclaration]>([:])

  /// The extents of every parameter in a cell of some sizes.
  ///
  /// - Parameter extents: gives them, for the first time that the sizes are asked for.
  func parameterExtents(
    of sizes: CellSizes, _ extents: (CellSizes) -> [String: [Int]]
  ) -> [String: [Int]] {
    if let known = self.extents.withLock({ $0[sizes] }) { return known }
    // Outside the lock, as the parts are asked for theirs.
    let found = extents(sizes)
    self.extents.withLock { $0[sizes] = found }
    return found
  }

  /// The names that the signals, states and parameters bear at a place, by their own.
  ///
  /// - Parameter name: gives one, for the first time that the place is asked for.
  func names(at place: Place, _ name: (String) -> String) -> [String: String] {
    if let known = names.withLock({ $0[place] }) { return known }
    var found: [String: String] = [:]
    for own in signals + states + parameters { found[own] = name(own) }
    return names.withLock { names in
      names[place] = found
      return found
    }
  }
}
