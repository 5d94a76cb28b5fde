import Equations
import Synchronization
import Tensors

/// What the graphs of one formulation have in common whatever the case: its equations and their gradients by
/// number, and the patterns that were found so far.
final class GraphPlan: Sendable {
  /// A signal, the input or the gradient of a signal.
  struct Signal: Sendable {
    let name: String
    let axis: Axis
    let isInput: Bool
    let isGradient: Bool
    let isState: Bool
    /// From which end a state starts.
    let direction: Direction
    /// Whether it, or the signal that it is the gradient of, is defined at one step alone.
    let isAtOneStepAlone: Bool
    /// Under which name a subject reports it.
    let report: Quantity
    /// The names of its answers: its values, its gradients, and as a state the final one and the gradient of the
    /// initial one.
    let values, cotangents, final, initialGradient: Quantity
  }

  /// A matrix parameter or a part of one.
  struct Matrix: Sendable {
    let name: String
    let isTransposed: Bool
    /// The position among the formulation's parameters, and the shape; nil of none of them.
    let parameter: (position: Int, shape: ParameterShape)?
    let rowBlock: Int
    let columnBlock: Int
  }

  /// A signal with the expression that it is at a step.
  struct Definition: Sendable {
    let signal: Int
    let expression: Int
  }

  struct Phase: Sendable {
    let direction: Direction
    let definitions: [Definition]
    /// The gradients of its signals, in the order in which a step computes them.
    var adjoints: [Adjoint] = []
  }

  /// The gradient of a signal.
  struct Adjoint: Sendable {
    let signal: Int
    let gradient: Int
    let hasUpstream: Bool
    /// What it is at a step between the first and the last one.
    let expression: Int
    let expressionAtFirst: Int
    let expressionAtLast: Int
    let expressionAtOnlyStep: Int
    /// What the signals of a step add to it, and those of the first and the last step alone.
    let contributions: Int
    let firstContributions: Int
    let lastContributions: Int
  }

  /// The gradient of a parameter: a sum over the steps of every sequence.
  struct ParameterGradient: Sendable {
    struct Term: Sendable {
      let cotangent: Int
      /// What a matrix is applied to, and the matrix.
      let operand: (expression: Int, matrix: Int)?
      let isAtOneStepAlone: Bool
    }
    let parameter: Parameter
    let quantity: Quantity
    let terms: [Term]
  }

  let formulation: Formulation
  let signals: [Signal]
  let matrices: [Matrix]
  /// The names of the formulation's parameters.
  let parameterNames: [String]
  /// The input's number among `signals`.
  let input: Int
  /// The numbers of the formulation's own signals, and of those that are states.
  let own: [Int]
  let states: [Int]
  let phases: [Phase]
  /// What is computed at one step alone, and its gradients.
  let ends: Phase
  /// The gradients of the states alone.
  let stateAdjoints: [Adjoint]
  let inputGradient: Int
  let parameters: [ParameterGradient]
  let longestLag: Int
  let longestLead: Int
  let expressions: ExpressionTable
  private let patterns: Mutex<PatternTable>

  init(_ formulation: Formulation, _ system: GradientSystem) {
    var table = ExpressionTable()
    input = table.number(ofSignal: formulation.input)
    own = formulation.signals.map { table.number(ofSignal: $0) }
    states = formulation.states.map { table.number(ofSignal: $0) }
    func definitions(_ equations: [Equation]) -> [Definition] {
      equations.map {
        Definition(
          signal: table.number(ofSignal: $0.signal), expression: table.number(of: $0.expression))
      }
    }
    func adjoints(_ adjoints: [GradientSystem.Adjoint]) -> [Adjoint] {
      adjoints.map { Adjoint($0, states: formulation.states, in: &table) }
    }
    phases = formulation.phases.enumerated().map { index, phase in
      Phase(
        direction: phase.direction,
        definitions: definitions(phase.positions.map { formulation.equations[$0] }),
        adjoints: adjoints(system.adjoints.filter { formulation.phase(of: $0.signal) == index }))
    }
    ends = Phase(
      direction: .forward,
      definitions: definitions(formulation.orderedEquations.filter { $0.time.isAtOneStep }),
      adjoints: adjoints(system.adjoints.filter(\.isAtOneStepAlone)))
    stateAdjoints = adjoints(system.adjoints.filter { formulation.states.contains($0.signal) })
    inputGradient = table.number(ofSum: system.input.map { table.number(of: $0) })
    parameters = zip(formulation.learned, system.parameters).map { parameter, gradient in
      ParameterGradient(
        parameter: parameter, quantity: .parameter(parameter.name),
        terms: gradient.terms.map { .init($0, in: &table) })
    }
    self.formulation = formulation
    longestLag = formulation.longestLag
    longestLead = formulation.longestLead
    signals = table.symbols.map { Signal($0, formulation) }
    matrices = table.matrices.map { Matrix($0, formulation) }
    parameterNames = formulation.parameters.map(\.name)
    expressions = table
    patterns = Mutex(PatternTable(expressions: table.entries.count))
  }

  /// The patterns that were found so far.
  func knownPatterns() -> PatternTable { patterns.withLock { $0 } }

  /// Keeps patterns for the graphs to come.
  func keep(_ found: PatternTable) {
    patterns.withLock { if found.count > $0.count { $0 = found } }
  }
}

extension GraphPlan.Signal {
  fileprivate init(_ symbol: Symbol, _ formulation: Formulation) {
    var signal = symbol
    while formulation.axes[signal] == nil, !signal.marks.isEmpty { signal = signal.unmarked }
    name = symbol.name
    axis = formulation.axis(of: signal)
    isInput = symbol == formulation.input
    isGradient = formulation.axes[symbol] == nil
    isState = formulation.states.contains(symbol)
    direction = formulation.direction(of: symbol)
    isAtOneStepAlone = formulation.isAtOneStepAlone(signal)
    report = isGradient ? .cotangent(symbol.unmarked.name) : .sequence(name)
    values = .sequence(name)
    cotangents = .cotangent(name)
    final = .final(name)
    initialGradient = .initial(name)
  }
}

extension GraphPlan.Matrix {
  fileprivate init(_ matrix: Equations.Matrix, _ formulation: Formulation) {
    name = matrix.symbol.name
    isTransposed = matrix.isTransposed
    parameter = formulation.parameters.enumerated()
      .first { $0.element.symbol == matrix.symbol }
      .map { ($0.offset, $0.element.shape) }
    rowBlock = matrix.rows?.index ?? 0
    columnBlock = matrix.columns?.index ?? 0
  }

  /// The part of the parameter that the matrix is.
  func block(_ sizes: Sizes) -> Graph.MatrixBlock {
    guard let (position, shape) = parameter else {
      return .init(parameter: name, position: nil, rows: 0..<0, columns: 0..<0)
    }
    let height = sizes[shape.rows]
    let columns = (shape.columns ?? []).map { sizes[$0] }
    let start = columns.prefix(columnBlock).reduce(0, +)
    let width = columns.indices.contains(columnBlock) ? columns[columnBlock] : 0
    return .init(
      parameter: name, position: position,
      rows: (rowBlock * height)..<((rowBlock + 1) * height), columns: start..<(start + width))
  }
}

extension GraphPlan.Adjoint {
  fileprivate init(
    _ adjoint: GradientSystem.Adjoint, states: [Symbol], in table: inout ExpressionTable
  ) {
    signal = table.number(ofSignal: adjoint.signal)
    gradient = table.number(ofSignal: adjoint.symbol)
    hasUpstream = adjoint.hasUpstream
    let every = adjoint.contributions.map { table.number(of: $0) }
    let first = adjoint.firstContributions.map { table.number(of: $0) }
    let last = adjoint.lastContributions.map { table.number(of: $0) }
    contributions = table.number(ofSum: every)
    firstContributions = table.number(ofSum: first)
    lastContributions = table.number(ofSum: last)
    var upstream: [Int] = []
    if hasUpstream {
      upstream.append(table.number(ofEntry: .read(.upstreamSequence(signal))))
      if states.contains(adjoint.signal) {
        upstream.append(table.number(ofEntry: .read(.upstreamFinal(signal))))
      }
    }
    let derivative = adjoint.derivative.map { table.number(of: $0) }
    func total(_ ends: [Int]) -> Int {
      let sum = table.number(ofSum: upstream + every + ends)
      return derivative.map { table.number(ofEntry: .hadamard(sum, $0)) } ?? sum
    }
    expression = total([])
    expressionAtFirst = total(first)
    expressionAtLast = total(last)
    expressionAtOnlyStep = total(first + last)
  }
}

extension GraphPlan.ParameterGradient.Term {
  fileprivate init(
    _ term: GradientSystem.ParameterGradient.Term, in table: inout ExpressionTable
  ) {
    cotangent = table.number(of: term.cotangent)
    if let operand = term.operand, let matrix = term.matrix {
      self.operand = (table.number(of: operand), table.number(ofMatrix: matrix))
    } else {
      operand = nil
    }
    isAtOneStepAlone = term.isAtOneStepAlone
  }
}

/// The patterns of every expression, by which of its reads are there.
struct PatternTable: Sendable {
  struct Key: Equatable {
    /// A bit for every read of the expression, the first one lowest.
    var present: UInt64
    var namesAbsentGradients: Bool
  }

  /// No expression with more reads is kept.
  static let mostReads = 64
  private var patterns: [[(key: Key, pattern: Pattern)]]
  private(set) var count = 0

  init(expressions: Int) { patterns = Array(repeating: [], count: expressions) }

  subscript(expression: Int, key: Key) -> Pattern? {
    get { patterns[expression].first { $0.key == key }?.pattern }
    set {
      guard let newValue else { return }
      patterns[expression].append((key, newValue))
      count += 1
    }
  }
}
