import Equations
import Tensors

/// Unrolls a formulation and its gradients over the steps and the batch of a case.
struct GraphBuilder {
  let formulation: Formulation
  let system: GradientSystem
  let shape: CaseShape
  let upstream: (sequence: Set<String>, final: Set<String>)
  /// The signals and gradients that are read from a subject's report instead of being computed on.
  let reported: Set<Quantity>
  /// Whether the gradients of the signals are among the outputs.
  let givesCotangents: Bool
  /// Whether a gradient beyond the sequence is a leaf, and not left out.
  let namesAbsentGradients: Bool
  var table = ExpressionTable()
  var graph: Graph

  /// Stands for the step at which equations of one step alone are computed: after all others.
  static let afterLastStep = Int.max

  struct Place: Hashable {
    let expression: Int
    let step: Int
    let element: Int
    /// A number has as many units as what stands around it.
    let width: Int
  }
  struct SignalPlace: Hashable {
    let symbol: Symbol
    let step: Int
    let element: Int
  }
  var known: [Place: Graph.NodeID] = [:]
  var signals: [SignalPlace: Graph.NodeID] = [:]
  var leaves: [Graph.Leaf: Graph.NodeID] = [:]
  private var blocks: [Matrix: Graph.MatrixBlock] = [:]

  private init(
    _ formulation: Formulation, _ system: GradientSystem, _ shape: CaseShape,
    upstream: (sequence: Set<String>, final: Set<String>), reported: Set<Quantity>,
    givesCotangents: Bool, namesAbsentGradients: Bool
  ) {
    self.formulation = formulation
    self.system = system
    self.shape = shape
    self.upstream = upstream
    self.reported = reported
    self.givesCotangents = givesCotangents
    self.namesAbsentGradients = namesAbsentGradients
    graph = Graph(parameters: formulation.parameters.map(\.name))
  }

  /// The graph of a case's forward pass and of all its gradients, or of its forward pass alone.
  ///
  /// - Parameters:
  ///   - reported: what a subject reports of its signals and their gradients. Each equation
  ///   then reads these instead of what other equations give.
  ///   - givesCotangents: whether the gradients of the signals are among the outputs; they are where
  ///   anything is reported.
  ///   - namesAbsentGradients: whether the gradients beyond a sequence's ends are leaves, so that what they are
  ///   multiplied by is seen; left out otherwise.
  ///   - forwardOnly: whether the gradients are left out.
  ///   - kept: where graphs of the same formulation and gradients are kept; nil for nowhere.
  static func graph<Scalar>(
    of formulation: Formulation, system: GradientSystem, case problem: Case<Scalar>,
    reported: Set<Quantity> = [], givesCotangents: Bool = false,
    namesAbsentGradients: Bool = false, forwardOnly: Bool = false, kept: GraphCache? = nil
  ) throws(OracleError) -> Graph {
    let key = GraphCache.Key(
      shape: try CaseShape(of: problem, for: formulation),
      upstreamSequences: Set(problem.upstream.sequence.keys),
      upstreamFinals: Set(problem.upstream.final.keys), reported: reported,
      givesCotangents: givesCotangents || !reported.isEmpty,
      namesAbsentGradients: namesAbsentGradients, forwardOnly: forwardOnly)
    if let known = kept?[key] { return known }
    var builder = GraphBuilder(
      formulation, system, key.shape, upstream: (key.upstreamSequences, key.upstreamFinals),
      reported: reported, givesCotangents: key.givesCotangents,
      namesAbsentGradients: namesAbsentGradients)
    try builder.checkExpressions()
    builder.buildForward()
    if !forwardOnly {
      builder.buildBackward()
      builder.buildParameterGradients()
    }
    kept?[key] = builder.graph
    return builder.graph
  }

  // MARK: Expressions

  /// Refuses what would take too long to multiply out, before any of it is.
  private mutating func checkExpressions() throws(OracleError) {
    for equation in formulation.equations { _ = table.number(of: equation.expression) }
    for adjoint in system.adjoints { _ = table.number(of: adjoint.expression) }
    for gradient in system.parameters {
      for term in gradient.terms { _ = table.number(of: term.cotangent) }
    }
    guard table.isEvaluated else {
      throw OracleError(
        code: .unsupported,
        message: "a product of sums is multiplied out, to at most \(ExpansionSize.mostMonomials)"
          + " terms with numbers up to \(ExpansionSize.largestCoefficient)",
        formulation: formulation.id)
    }
  }

  mutating func numbers(_ expressions: [Expression]) -> [Int] {
    expressions.map { table.number(of: $0) }
  }

  /// The node of an expression at a step; a read beyond the sequence is zero.
  mutating func lower(
    _ number: Int, _ step: Int, _ element: Int, _ width: Int
  ) -> Graph.NodeID {
    let place = Place(expression: number, step: step, element: element, width: width)
    if let node = known[place] { return node }
    let node: Graph.NodeID
    if case .apply(let activation, let argument) = table.entries[number] {
      let argument = lower(argument, step, element, width)
      node = append(
        activation == .softmax ? .softmax(argument) : .activation(activation, argument), width)
    } else {
      node = add(expand(number, step, element, width), width)
    }
    known[place] = node
    return node
  }

  mutating func expand(
    _ number: Int, _ step: Int, _ element: Int, _ width: Int
  ) -> Expansion {
    switch table.entries[number] {
    case .number(let value): return .number(value)
    case .signal(let symbol, let time):
      if let node = read(symbol, at: time, from: step, element) { return .node(node) }
      guard namesAbsentGradients, formulation.axes[symbol] == nil else { return Expansion() }
      return .node(leaf(.absent(self.width(symbol)), 0, self.width(symbol)))
    case .vector(let symbol):
      return .node(leaf(.parameter(symbol.name), 0, width))
    case .product(let matrix, let vector):
      let block = block(matrix)
      let width = matrix.isTransposed ? block.rows.count : block.columns.count
      if expand(vector, step, element, width).isZero { return Expansion() }
      return .product(
        .init(
          isNegative: false, block: block, isTransposed: matrix.isTransposed,
          operand: lower(vector, step, element, width)))
    case .sum(let a, let b):
      return expand(a, step, element, width).adding(expand(b, step, element, width))
    case .difference(let a, let b):
      return expand(a, step, element, width).adding(expand(b, step, element, width).negated)
    case .negation(let a): return expand(a, step, element, width).negated
    case .hadamard(let a, let b):
      let left = expand(a, step, element, width)
      if left.isZero { return left }
      return multiply(left, expand(b, step, element, width), width)
    case .apply: return .node(lower(number, step, element, width))
    case .inner(let a, let b):
      if expand(a, step, element, width).isZero || expand(b, step, element, width).isZero {
        return Expansion()
      }
      let place = Place(expression: number, step: step, element: element, width: width)
      if let known = known[place] { return .node(known) }
      let node = append(
        .inner(lower(a, step, element, width), lower(b, step, element, width)), 1)
      known[place] = node
      return .node(node)
    }
  }

  /// A sum with matrix products is rounded on its own before it is multiplied.
  mutating func multiply(_ a: Expansion, _ b: Expansion, _ width: Int) -> Expansion {
    if a.isZero || b.isZero { return Expansion() }
    let left = a.hasProducts ? .node(add(a, width)) : a
    let right = b.hasProducts ? .node(add(b, width)) : b
    return left.multiplied(by: right)
  }

  mutating func add(_ expansion: Expansion, _ width: Int) -> Graph.NodeID {
    if let node = expansion.singleNode { return node }
    var combination = expansion.combination
    if !combination.monomials.contains(where: \.isExpanded) { combination.operations = 0 }
    return append(.combination(combination), width)
  }

  mutating func append(_ operation: Graph.Operation, _ width: Int) -> Graph.NodeID {
    graph.append(.init(operation: operation, width: width))
  }

  /// The node as the value of a signal.
  ///
  /// A leaf or another signal is copied, so that it counts as stored once.
  mutating func stored(_ node: Graph.NodeID) -> Graph.NodeID {
    var own = node
    if graph.nodes[node].isStored || graph.nodes[node].isLeaf {
      own = append(
        .combination(.init(monomials: [.init(coefficient: 1, factors: [node])])),
        graph.nodes[node].width)
    }
    graph.store(own)
    return own
  }

  mutating func leaf(
    _ source: Graph.Leaf.Source, _ offset: Int, _ width: Int
  ) -> Graph.NodeID {
    let leaf = Graph.Leaf(source: source, offset: offset)
    if let known = leaves[leaf] { return known }
    let node = append(.leaf(leaf), width)
    leaves[leaf] = node
    return node
  }

  /// A signal at a time as an equation at a step reads it; at either end of no steps, the initial state.
  private mutating func read(
    _ symbol: Symbol, at time: TimeIndex, from step: Int, _ element: Int
  ) -> Graph.NodeID? {
    if case .step(let offset) = time { return read(symbol, at: step + offset, element) }
    if formulation.isAtOneStepAlone(signal(of: symbol)) {
      return read(symbol, at: Self.afterLastStep, element)
    }
    guard shape.lengths[element] > 0 else {
      return formulation.states.contains(symbol) ? initial(symbol, element) : nil
    }
    return read(symbol, at: time == .first ? 0 : shape.lengths[element] - 1, element)
  }

  mutating func initial(_ state: Symbol, _ element: Int) -> Graph.NodeID {
    leaf(.initial(state.name), element * width(state), width(state))
  }

  /// A signal at a step; beyond the end that a state starts from its initial value, nothing beyond the
  /// other one.
  mutating func read(_ symbol: Symbol, at step: Int, _ element: Int) -> Graph.NodeID? {
    if symbol == formulation.input {
      guard inputIsRead(at: step, element) else { return nil }
      let width = width(symbol)
      return leaf(.input, (step * shape.batch + element) * width, width)
    }
    let isBeyond = step >= shape.lengths[element] && step != Self.afterLastStep
    if step < 0 || isBeyond {
      guard formulation.states.contains(symbol),
        formulation.direction(of: symbol) == (isBeyond ? .backward : .forward)
      else { return nil }
      return initial(symbol, element)
    }
    if let report = reported.isEmpty ? nil : report(of: symbol), reported.contains(report) {
      let width = width(symbol)
      return leaf(.reported(report), (row(step) * shape.batch + element) * width, width)
    }
    return signals[SignalPlace(symbol: symbol, step: step, element: element)]
  }

  func inputIsRead(at step: Int, _ element: Int) -> Bool {
    (0..<shape.lengths[element]).contains(step)
      && (step == 0 || !formulation.readsFirstInputAlone)
  }

  /// Whether an expression is zero at a step because it reads an input that is not there.
  ///
  /// Nothing is rounded where zeros are added, so that a sum must not count them as terms.
  func lacksInput(_ number: Int, _ step: Int, _ element: Int) -> Bool {
    switch table.entries[number] {
    case .signal(formulation.input, .step(let offset)):
      !inputIsRead(at: step + offset, element)
    case .product(_, let a), .negation(let a): lacksInput(a, step, element)
    case .sum(let a, let b), .difference(let a, let b):
      lacksInput(a, step, element) && lacksInput(b, step, element)
    case .hadamard(let a, let b), .inner(let a, let b):
      lacksInput(a, step, element) || lacksInput(b, step, element)
    case .number, .signal, .vector, .apply: false
    }
  }

  /// Under which name a subject reports a signal or a signal's gradient.
  func report(of symbol: Symbol) -> Quantity {
    formulation.axes[symbol] != nil
      ? .sequence(symbol.name) : .cotangent(symbol.unmarked.name)
  }

  mutating func emit(
    _ quantity: Quantity, _ signal: Symbol, _ step: Int, _ element: Int, _ node: Graph.NodeID
  ) {
    graph.outputs.append(
      .init(
        quantity: quantity, offset: (row(step) * shape.batch + element) * width(signal),
        node: node))
  }

  /// The row of a step in a tensor; what holds at the last step alone has one row.
  func row(_ step: Int) -> Int { step == Self.afterLastStep ? 0 : step }

  // MARK: Sizes

  /// The width of a signal, or of the gradient of one.
  func width(_ symbol: Symbol) -> Int { shape.sizes[formulation.axis(of: signal(of: symbol))] }

  /// The signal itself, where a symbol is the gradient of one.
  func signal(of symbol: Symbol) -> Symbol {
    var signal = symbol
    while formulation.axes[signal] == nil, !signal.marks.isEmpty { signal = signal.unmarked }
    return signal
  }

  mutating func block(_ matrix: Matrix) -> Graph.MatrixBlock {
    if let known = blocks[matrix] { return known }
    let block = place(of: matrix)
    blocks[matrix] = block
    return block
  }

  private func place(of matrix: Matrix) -> Graph.MatrixBlock {
    let parameters = formulation.parameters
    guard let position = parameters.firstIndex(where: { $0.symbol == matrix.symbol }) else {
      return Graph.MatrixBlock(
        parameter: matrix.symbol.name, position: nil, rows: 0..<0, columns: 0..<0)
    }
    let parameter = parameters[position]
    let height = shape.sizes[parameter.shape.rows]
    let row = matrix.rows?.index ?? 0
    let columns = (parameter.shape.columns ?? []).map { shape.sizes[$0] }
    let column = matrix.columns?.index ?? 0
    let start = columns.prefix(column).reduce(0, +)
    let width = columns.indices.contains(column) ? columns[column] : 0
    return Graph.MatrixBlock(
      parameter: parameter.name, position: position, rows: (row * height)..<((row + 1) * height),
      columns: start..<(start + width))
  }
}

extension Graph.Node {
  fileprivate var isLeaf: Bool {
    if case .leaf = operation { return true }
    return false
  }
}
