import Equations
import Tensors

/// Unrolls a formulation and its gradients over the steps and the batch of a case.
struct GraphBuilder {
  private let formulation: Formulation
  private let system: GradientSystem
  private let shape: CaseShape
  private let upstream: (sequence: Set<String>, final: Set<String>)
  /// The signals and gradients that are read from a subject's report instead of being computed on.
  private let reported: Set<Quantity>
  private var table = ExpressionTable()
  private var graph = Graph()

  private struct Place: Hashable {
    let expression: Int
    let step: Int
    let element: Int
  }
  private struct SignalPlace: Hashable {
    let symbol: Symbol
    let step: Int
    let element: Int
  }
  private var known: [Place: Graph.NodeID] = [:]
  private var signals: [SignalPlace: Graph.NodeID] = [:]
  private var leaves: [Graph.Leaf: Graph.NodeID] = [:]

  private init(
    _ formulation: Formulation, _ system: GradientSystem, _ shape: CaseShape,
    upstream: (sequence: Set<String>, final: Set<String>), reported: Set<Quantity>
  ) {
    self.formulation = formulation
    self.system = system
    self.shape = shape
    self.upstream = upstream
    self.reported = reported
  }

  /// The graph of a case's forward pass and of all its gradients.
  ///
  /// - Parameter reported: what a subject reports of its signals and their gradients. Each equation
  ///   then reads these instead of what other equations give, and the gradients of the signals are
  ///   among the outputs.
  static func graph<Scalar>(
    of formulation: Formulation, system: GradientSystem, case problem: Case<Scalar>,
    reported: Set<Quantity> = []
  ) throws(OracleError) -> Graph {
    let shape = try CaseShape(of: problem, for: formulation)
    var builder = GraphBuilder(
      formulation, system, shape,
      upstream: (Set(problem.upstream.sequence.keys), Set(problem.upstream.final.keys)),
      reported: reported)
    try builder.buildForward()
    try builder.buildBackward()
    try builder.buildParameterGradients()
    return builder.graph
  }

  // MARK: Forward

  private mutating func buildForward() throws(OracleError) {
    let equations = try formulation.orderedEquations.map {
      equation throws(OracleError) -> (signal: Symbol, number: Int) in
      guard equation.time == .step(0) else {
        throw OracleError(
          code: .unsupported,
          message: "the equation of '\(equation.signal.name)' holds at the last step alone",
          formulation: formulation.id)
      }
      return (equation.signal, try number(equation.expression))
    }
    for element in 0..<shape.batch {
      for step in 0..<shape.lengths[element] {
        for equation in equations {
          let node = stored(lower(equation.number, step, element, width(equation.signal)))
          signals[SignalPlace(symbol: equation.signal, step: step, element: element)] = node
          emit(.sequence(equation.signal.name), equation.signal, step, element, node)
        }
      }
      for state in formulation.states {
        let node =
          read(state, at: shape.lengths[element] - 1, element)
          ?? leaf(.initial(state.name), element * width(state), width(state))
        emit(.final(state.name), state, 0, element, node)
      }
    }
    for signal in formulation.signals {
      graph.shapes[.sequence(signal.name)] = [shape.steps, shape.batch, width(signal)]
    }
    for state in formulation.states {
      graph.shapes[.final(state.name)] = [shape.batch, width(state)]
    }
    graph.forwardCount = graph.nodes.count
  }

  // MARK: Backward

  private mutating func buildBackward() throws(OracleError) {
    let adjoints = try system.adjoints.map { adjoint throws(OracleError) in
      (
        adjoint, try numbers(adjoint.contributions),
        try adjoint.derivative.map { derivative throws(OracleError) in try number(derivative) }
      )
    }
    let input = try numbers(system.input)
    for element in 0..<shape.batch {
      let length = shape.lengths[element]
      for step in (0..<length).reversed() {
        for (adjoint, contributions, derivative) in adjoints {
          var total = Expansion()
          if adjoint.hasUpstream {
            for node in upstreamNodes(of: adjoint.signal, step, element) {
              total = total.adding(.node(node))
              if let signal = read(adjoint.signal, at: step, element) {
                graph.loss.append((node, signal))
              }
            }
          }
          for contribution in contributions {
            total = total.adding(expand(contribution, step, element))
          }
          if let derivative {
            total = multiply(total, expand(derivative, step, element), width(adjoint.signal))
          }
          let node = stored(add(total, width(adjoint.signal)))
          signals[SignalPlace(symbol: adjoint.symbol, step: step, element: element)] = node
          if !reported.isEmpty {
            emit(.cotangent(adjoint.signal.name), adjoint.signal, step, element, node)
          }
        }
        var gradient = Expansion()
        for contribution in input {
          gradient = gradient.adding(expand(contribution, step, element))
        }
        let node = stored(add(gradient, width(formulation.input)))
        emit(.inputs(formulation.input.name), formulation.input, step, element, node)
      }
      for state in formulation.states { try buildInitialGradient(of: state, element) }
    }
    for signal in formulation.signals where !reported.isEmpty {
      graph.shapes[.cotangent(signal.name)] = [shape.steps, shape.batch, width(signal)]
    }
    graph.shapes[.inputs(formulation.input.name)] =
      [shape.steps, shape.batch, width(formulation.input)]
    for state in formulation.states {
      graph.shapes[.initial(state.name)] = [shape.batch, width(state)]
    }
  }

  /// What the first steps add to the gradient of a state before them; with no step at all, the state is
  /// passed through.
  private mutating func buildInitialGradient(
    of state: Symbol, _ element: Int
  ) throws(OracleError) {
    var gradient = Expansion()
    if shape.lengths[element] == 0, upstream.final.contains(state.name) {
      let node = leaf(.upstreamFinal(state.name), element * width(state), width(state))
      gradient = .node(node)
      graph.loss.append(
        (node, leaf(.initial(state.name), element * width(state), width(state))))
    }
    let contributions = try numbers(system.adjoint(of: state)?.contributions ?? [])
    for step in stride(from: -1, through: -formulation.longestLag, by: -1) {
      for contribution in contributions {
        gradient = gradient.adding(expand(contribution, step, element))
      }
    }
    let node = stored(add(gradient, width(state)))
    emit(.initial(state.name), state, 0, element, node)
  }

  private mutating func upstreamNodes(
    of signal: Symbol, _ step: Int, _ element: Int
  ) -> [Graph.NodeID] {
    var nodes: [Graph.NodeID] = []
    let width = width(signal)
    if upstream.sequence.contains(signal.name) {
      nodes.append(
        leaf(.upstreamSequence(signal.name), (step * shape.batch + element) * width, width))
    }
    if step == shape.lengths[element] - 1, upstream.final.contains(signal.name) {
      nodes.append(leaf(.upstreamFinal(signal.name), element * width, width))
    }
    return nodes
  }

  private mutating func buildParameterGradients() throws(OracleError) {
    for (parameter, gradient) in zip(formulation.parameters, system.parameters) {
      let extents = parameter.shape.extents(shape.sizes)
      let quantity = Quantity.parameter(parameter.name)
      graph.shapes[quantity] = extents
      if extents.count == 1 {
        var total = Expansion()
        for term in gradient.terms {
          let cotangent = try number(term.cotangent)
          forEveryStep { builder, step, element in
            total = total.adding(.node(builder.lower(cotangent, step, element, extents[0])))
          }
        }
        let node = stored(add(total, extents[0]))
        graph.outputs.append(.init(quantity: quantity, offset: 0, node: node))
      } else {
        var sum = Graph.OuterSum(columns: extents[1], parts: [])
        for term in gradient.terms {
          guard let operand = term.operand, let matrix = term.matrix else { continue }
          let block = block(matrix)
          let (cotangent, vector) = (try number(term.cotangent), try number(operand))
          var pairs: [(cotangent: Graph.NodeID, operand: Graph.NodeID)] = []
          forEveryStep { builder, step, element in
            pairs.append(
              (
                builder.lower(cotangent, step, element, block.rows.count),
                builder.lower(vector, step, element, block.columns.count)
              ))
          }
          if let part = sum.parts.firstIndex(where: { $0.block == block }) {
            sum.parts[part].pairs += pairs
          } else {
            sum.parts.append(.init(block: block, pairs: pairs))
          }
        }
        graph.nodes.append(
          .init(operation: .outerSum(sum), width: extents[0] * extents[1], isStored: true))
        graph.outputs.append(
          .init(quantity: quantity, offset: 0, node: graph.nodes.count - 1))
      }
    }
  }

  private mutating func forEveryStep(
    _ body: (inout GraphBuilder, Int, Int) -> Void
  ) {
    for element in 0..<shape.batch {
      for step in 0..<shape.lengths[element] { body(&self, step, element) }
    }
  }

  // MARK: Expressions

  private mutating func number(_ expression: Expression) throws(OracleError) -> Int {
    try table.number(of: expression, in: formulation)
  }

  private mutating func numbers(_ expressions: [Expression]) throws(OracleError) -> [Int] {
    try expressions.map { expression throws(OracleError) in try number(expression) }
  }

  /// The node of an expression at a step; a read beyond the sequence is zero.
  private mutating func lower(
    _ number: Int, _ step: Int, _ element: Int, _ width: Int
  ) -> Graph.NodeID {
    let place = Place(expression: number, step: step, element: element)
    if let node = known[place] { return node }
    let node: Graph.NodeID
    if case .apply(let activation, let argument) = table.entries[number] {
      let argument = lower(argument, step, element, width)
      node = append(
        activation == .softmax ? .softmax(argument) : .activation(activation, argument), width)
    } else {
      node = add(expand(number, step, element), width)
    }
    known[place] = node
    return node
  }

  private mutating func expand(_ number: Int, _ step: Int, _ element: Int) -> Expansion {
    switch table.entries[number] {
    case .number(let value): return .number(value)
    case .signal(let symbol, let offset):
      return read(symbol, at: step + offset, element).map { .node($0) } ?? Expansion()
    case .vector(let symbol):
      return .node(leaf(.parameter(symbol.name), 0, width(ofVector: symbol)))
    case .product(let matrix, let vector):
      let block = block(matrix)
      let width = matrix.isTransposed ? block.rows.count : block.columns.count
      let operand = expand(vector, step, element)
      if operand.isZero { return Expansion() }
      return .product(
        .init(
          isNegative: false, block: block, isTransposed: matrix.isTransposed,
          operand: lower(vector, step, element, width)))
    case .sum(let a, let b):
      return expand(a, step, element).adding(expand(b, step, element))
    case .difference(let a, let b):
      return expand(a, step, element).adding(expand(b, step, element).negated)
    case .negation(let a): return expand(a, step, element).negated
    case .hadamard(let a, let b):
      let left = expand(a, step, element)
      if left.isZero { return left }
      return multiply(left, expand(b, step, element), width(ofEntry: number))
    case .apply:
      return .node(lower(number, step, element, width(ofEntry: number)))
    case .inner(let a, let b):
      let width = isNumber(a) ? width(ofEntry: b) : width(ofEntry: a)
      if expand(a, step, element).isZero || expand(b, step, element).isZero { return Expansion() }
      let place = Place(expression: number, step: step, element: element)
      if let known = known[place] { return .node(known) }
      let node = append(
        .inner(lower(a, step, element, width), lower(b, step, element, width)), 1)
      known[place] = node
      return .node(node)
    }
  }

  /// A sum with matrix products is rounded on its own before it is multiplied.
  private mutating func multiply(_ a: Expansion, _ b: Expansion, _ width: Int) -> Expansion {
    if a.isZero || b.isZero { return Expansion() }
    let left = a.hasProducts ? .node(add(a, width)) : a
    let right = b.hasProducts ? .node(add(b, width)) : b
    return left.multiplied(by: right)
  }

  private mutating func add(_ expansion: Expansion, _ width: Int) -> Graph.NodeID {
    if let node = expansion.singleNode { return node }
    var combination = expansion.combination
    if combination.monomials.allSatisfy({ $0.factors.count <= 1 && abs($0.coefficient) == 1 }) {
      combination.operations = 0
    }
    return append(.combination(combination), width)
  }

  private mutating func append(_ operation: Graph.Operation, _ width: Int) -> Graph.NodeID {
    graph.nodes.append(.init(operation: operation, width: width))
    return graph.nodes.count - 1
  }

  /// The node as the value of a signal: a leaf or another signal is copied, so that it counts as stored once.
  private mutating func stored(_ node: Graph.NodeID) -> Graph.NodeID {
    var own = node
    if graph.nodes[node].isStored || graph.nodes[node].isLeaf {
      own = append(
        .combination(.init(monomials: [.init(coefficient: 1, factors: [node])])),
        graph.nodes[node].width)
    }
    graph.nodes[own].isStored = true
    return own
  }

  private mutating func leaf(
    _ source: Graph.Leaf.Source, _ offset: Int, _ width: Int
  ) -> Graph.NodeID {
    let leaf = Graph.Leaf(source: source, offset: offset)
    if let known = leaves[leaf] { return known }
    let node = append(.leaf(leaf), width)
    leaves[leaf] = node
    return node
  }

  /// A signal at a step: the initial state before the first one, nothing beyond the last one.
  private mutating func read(_ symbol: Symbol, at step: Int, _ element: Int) -> Graph.NodeID? {
    if symbol == formulation.input {
      guard (0..<shape.lengths[element]).contains(step) else { return nil }
      let width = width(symbol)
      return leaf(.input, (step * shape.batch + element) * width, width)
    }
    if step < 0 {
      guard formulation.states.contains(symbol) else { return nil }
      let width = width(symbol)
      return leaf(.initial(symbol.name), element * width, width)
    }
    guard step < shape.lengths[element] else { return nil }
    let report = report(of: symbol)
    if reported.contains(report) {
      let width = width(symbol)
      return leaf(.reported(report), (step * shape.batch + element) * width, width)
    }
    return signals[SignalPlace(symbol: symbol, step: step, element: element)]
  }

  /// Under which name a subject reports a signal or a signal's gradient.
  private func report(of symbol: Symbol) -> Quantity {
    formulation.axes[symbol] != nil
      ? .sequence(symbol.name) : .cotangent(symbol.unmarked.name)
  }

  private mutating func emit(
    _ quantity: Quantity, _ signal: Symbol, _ step: Int, _ element: Int, _ node: Graph.NodeID
  ) {
    graph.outputs.append(
      .init(
        quantity: quantity, offset: (step * shape.batch + element) * width(signal), node: node))
  }

  // MARK: Sizes

  /// The width of a signal, or of the gradient of one.
  private func width(_ symbol: Symbol) -> Int {
    var signal = symbol
    while formulation.axes[signal] == nil, !signal.marks.isEmpty { signal = signal.unmarked }
    return shape.sizes[formulation.axis(of: signal)]
  }

  private func width(ofVector symbol: Symbol) -> Int {
    formulation.parameters.first { $0.symbol == symbol }?.shape.extents(shape.sizes).first ?? 0
  }

  private func width(ofEntry number: Int) -> Int {
    switch table.entries[number] {
    case .number: 1
    case .signal(let symbol, _): width(symbol)
    case .vector(let symbol): width(ofVector: symbol)
    case .product(let matrix, _):
      matrix.isTransposed ? block(matrix).columns.count : block(matrix).rows.count
    case .sum(let a, let b), .difference(let a, let b), .hadamard(let a, let b):
      isNumber(a) ? width(ofEntry: b) : width(ofEntry: a)
    case .negation(let a), .apply(_, let a): width(ofEntry: a)
    case .inner: 1
    }
  }

  /// Whether an expression is the same number in every unit.
  private func isNumber(_ number: Int) -> Bool {
    switch table.entries[number] {
    case .number, .inner: true
    case .signal, .vector, .product: false
    case .sum(let a, let b), .difference(let a, let b), .hadamard(let a, let b):
      isNumber(a) && isNumber(b)
    case .negation(let a), .apply(_, let a): isNumber(a)
    }
  }

  private func block(_ matrix: Matrix) -> Graph.MatrixBlock {
    guard let parameter = formulation.parameters.first(where: { $0.symbol == matrix.symbol })
    else { return Graph.MatrixBlock(parameter: matrix.symbol.name, rows: 0..<0, columns: 0..<0) }
    let height = shape.sizes[parameter.shape.rows]
    let row = matrix.rows?.index ?? 0
    let columns = (parameter.shape.columns ?? []).map { shape.sizes[$0] }
    let column = matrix.columns?.index ?? 0
    let start = columns.prefix(column).reduce(0, +)
    let width = columns.indices.contains(column) ? columns[column] : 0
    return Graph.MatrixBlock(
      parameter: parameter.name, rows: (row * height)..<((row + 1) * height),
      columns: start..<(start + width))
  }
}

extension Graph.Node {
  fileprivate var isLeaf: Bool {
    if case .leaf = operation { return true }
    return false
  }
}
