/// The system of equations of one cell in one document, read and understood.
///
/// Kinds are inferred: what carries a time is a signal, what stands alone before a vector is a matrix, and
/// what is added is a bias. Shapes follow from the input (I), the states (H) and what is left (O).
public struct Formulation: Hashable, Sendable, CustomStringConvertible {
  /// Equations that are computed together, step by step in one direction, before the next phase begins.
  public struct Phase: Hashable, Sendable {
    /// From which end of a sequence the steps are computed.
    public let direction: Direction
    /// The positions of the equations in an order in which a step computes them.
    public let positions: [Int]
  }

  /// What the formulation was read from.
  public let declaration: Declaration
  /// The equations in the document's order, each moved to step t.
  public internal(set) var equations: [Equation]
  /// The positions of `equations` in an order in which every signal is computed before it is used.
  public internal(set) var order: [Int]
  /// The equations of every step in the phases in which they are computed: a single one, forward, where no
  /// equation reads a later step.
  public internal(set) var phases: [Phase]
  /// The input's symbol.
  public let input: Symbol
  /// The signals that the cell passes on at every step.
  public let outputs: [Symbol]
  /// The signals that some equation reads at another step, in the order of their equations.
  public let states: [Symbol]
  /// The states that are read at a later step.
  private let backwardStates: Set<Symbol>
  /// The parameters, in the order of their first use, constants among them.
  public let parameters: [Parameter]
  /// The axis of each signal and of the input.
  public let axes: [Symbol: Axis]

  /// The name in commands and files.
  public var id: String { declaration.id }
  /// The name.
  public var description: String { id }

  /// The left-hand sides in the document's order.
  public var signals: [Symbol] { equations.map(\.signal) }

  /// The equations in an order in which every signal is computed before it is used.
  public var orderedEquations: [Equation] { order.map { equations[$0] } }

  /// Far more than a cell has; it bounds what a file can ask for.
  static let mostEquations = 256

  /// Reads a declaration.
  ///
  /// - Throws: `EquationError` with the line and column where a line does not parse, a symbol is used in
  ///   two ways, a signal is missing or defined twice, signals of one step need each other, or sizes
  ///   do not fit.
  public init(_ declaration: Declaration) throws(EquationError) {
    do throws(EquationError) {
      try declaration.notation.validate()
      let lines = try declaration.correctedLines()
      var equations: [Equation] = []
      var lineOf: [Int] = []
      for (index, line) in lines.enumerated() {
        let found = try Parser.equations(
          in: line, line: index + 1, notation: declaration.notation)
        equations += found
        lineOf += found.map { _ in index + 1 }
        guard equations.count <= Self.mostEquations else {
          throw EquationError(
            code: .unsupported, message: "at most \(Self.mostEquations) equations are expected",
            line: index + 1)
        }
      }
      try self.init(declaration, equations: equations, lineOf: lineOf, lines: lines)
    } catch {
      var named = error
      named.formulation = named.formulation ?? declaration.id
      throw named
    }
  }

  /// A formulation of the given equations, for changed versions of a declared one.
  ///
  /// - Throws: `EquationError` as for a declaration; its lines are the equations' positions.
  public init(
    _ declaration: Declaration, equations: [Equation]
  ) throws(EquationError) {
    try self.init(
      declaration, equations: equations, lineOf: Array(1..<(equations.count + 1)), lines: [])
  }

  private init(
    _ declaration: Declaration, equations: [Equation], lineOf: [Int], lines: [String]
  ) throws(EquationError) {
    let input = Symbol(declaration.notation.input)
    let place = { (index: Int) in
      (lineOf[index], lines.isEmpty ? nil : lines[lineOf[index] - 1])
    }
    let definitions = try Definitions(equations, input: input, place: place)
    let kinds = try Kinds(equations, input: input, states: definitions.states, place: place)

    self.declaration = declaration
    self.equations = equations
    self.phases = definitions.schedule.phases
    self.order = phases.flatMap(\.positions) + definitions.schedule.ends
    self.input = input
    self.states = definitions.states
    self.backwardStates = definitions.backwardStates
    self.parameters = kinds.parameters
    self.axes = kinds.axes
    for name in declaration.notation.constants.sorted()
    where !kinds.parameters.contains(where: { $0.name == name }) {
      throw EquationError(
        code: .definition,
        message: "the constant '\(name)' is not among the parameters "
          + kinds.parameters.map(\.name).joined(separator: ", "))
    }
    var outputs: [Symbol] = []
    for name in declaration.outputs {
      guard !outputs.contains(where: { $0.name == name }) else {
        throw EquationError(code: .definition, message: "the output '\(name)' is listed twice")
      }
      guard let symbol = equations.map(\.signal).first(where: { $0.name == name }) else {
        throw EquationError(
          code: .definition,
          message: "the output '\(name)' is not among the signals "
            + equations.map(\.signal.name).joined(separator: ", "))
      }
      outputs.append(symbol)
    }
    self.outputs = outputs
  }

  /// The parameters that have a gradient: all but the constants.
  public var learned: [Parameter] { parameters.filter { !isConstant($0) } }

  /// Whether a parameter is given once and for all, so that nothing has a gradient with respect to it.
  public func isConstant(_ parameter: Parameter) -> Bool {
    declaration.notation.constants.contains(parameter.name)
  }

  /// Whether the input is read at the first step alone and is zero after it.
  public var readsFirstInputAlone: Bool { declaration.notation.inputSteps == .first }

  /// The axis of a signal or of the input.
  public func axis(of signal: Symbol) -> Axis { axes[signal] ?? .hidden }

  /// The direction in which a state passes from step to step.
  ///
  /// A forward state is read at earlier steps: its initial value stands before the first step, its final value
  /// is that of each sequence's last step. A backward state is read at later steps: its initial value
  /// stands beyond each sequence's own last step, its final value is that of the first step. Both are the
  /// initial one where a sequence has no step.
  public func direction(of state: Symbol) -> Direction {
    backwardStates.contains(state) ? .backward : .forward
  }

  /// The position in `phases` of the phase in which a signal is computed; nil of one at one step alone.
  public func phase(of signal: Symbol) -> Int? {
    phases.firstIndex { $0.positions.contains { equations[$0].signal == signal } }
  }

  /// How many steps of a signal there are in a sequence of `steps`: one of an output at one step alone.
  public func steps(of signal: Symbol, in steps: Int) -> Int {
    isAtOneStepAlone(signal) ? 1 : steps
  }

  /// Whether a signal is defined at the first or the last step of a sequence alone.
  public func isAtOneStepAlone(_ signal: Symbol) -> Bool {
    equations.first { $0.signal == signal }?.time.isAtOneStep ?? false
  }

  /// Whether the input and the states have one size, because an equation adds them unit by unit.
  public var tiesInputToHidden: Bool { axis(of: input) == .hidden }

  /// The furthest step back that an equation reads.
  public var longestLag: Int { offsets.reduce(0) { max($0, -$1) } }

  /// The furthest step ahead that an equation reads.
  public var longestLead: Int { offsets.reduce(0, max) }

  private var offsets: [Int] {
    equations.flatMap { $0.expression.reads }.compactMap {
      if case .step(let offset) = $0.time { offset } else { nil }
    }
  }
}
