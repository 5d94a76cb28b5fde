import Equations
import Tensors

/// Unrolls a formulation and its gradients over the steps and the batch of a case.
struct GraphBuilder {
  let plan: GraphPlan
  let shape: CaseShape
  /// Whether the gradients of the signals are among the outputs.
  let givesCotangents: Bool
  /// Whether a gradient beyond the sequence is a leaf, and not left out.
  let namesAbsentGradients: Bool
  /// By signal: its width, and whether it is read from a subject's report instead of being computed on.
  let widths: [Int]
  private let isReported: [Bool]
  /// By signal: whether it has an upstream gradient at every step, and one of its final value.
  let hasUpstreamSequence: [Bool]
  let hasUpstreamFinal: [Bool]
  /// By matrix.
  let blocks: [Graph.MatrixBlock]
  var graph: Graph

  /// Stands for the step at which equations of one step alone are computed: after all others.
  static let afterLastStep = Int.max

  var signals: PlaceTable
  /// The nodes of expressions, for every width that vectors have: a number has as many units as what stands
  /// around it.
  private var known: PlaceTable
  private let distinctWidths: [Int]
  private var leaves: PlaceTable
  /// By what leaves are and of which signal: the position of their tensor in `graph.sources`.
  private var tensors: [Int?]
  private var vectors: [Graph.NodeID?]
  private var zeros: [Int: Graph.NodeID] = [:]
  private var patterns: PatternTable
  /// The nodes of the operands of the patterns at hand, the innermost pattern's last.
  private var operands: [Graph.NodeID] = []

  private init(_ plan: GraphPlan, _ key: GraphCache.Key) {
    self.plan = plan
    shape = key.shape
    givesCotangents = key.givesCotangents
    namesAbsentGradients = key.namesAbsentGradients
    let sizes = shape.sizes
    widths = plan.signals.map { sizes[$0.axis] }
    isReported = plan.signals.map { key.reported.contains($0.report) }
    hasUpstreamSequence = plan.signals.map { key.upstreamSequences.contains($0.name) }
    hasUpstreamFinal = plan.signals.map { key.upstreamFinals.contains($0.name) }
    blocks = plan.matrices.map { $0.block(sizes) }
    distinctWidths = Array(Set([sizes.input, sizes.hidden, sizes.output]))
    graph = Graph(parameters: plan.parameterNames)
    let (steps, batch) = (0..<shape.steps, shape.batch)
    signals = PlaceTable(rows: plan.signals.count, steps: steps, batch: batch)
    known = PlaceTable(
      rows: plan.expressions.entries.count * distinctWidths.count,
      steps: -max(1, plan.longestLag)..<(shape.steps + plan.longestLead), batch: batch)
    leaves = PlaceTable(
      rows: plan.signals.count * LeafKind.allCases.count, steps: steps, batch: batch)
    tensors = Array(repeating: nil, count: plan.signals.count * LeafKind.allCases.count)
    vectors = Array(repeating: nil, count: plan.expressions.vectors.count)
    patterns = plan.knownPatterns()
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
    _ plan: GraphPlan, case problem: Case<Scalar>,
    reported: Set<Quantity> = [], givesCotangents: Bool = false,
    namesAbsentGradients: Bool = false, forwardOnly: Bool = false, kept: GraphCache? = nil
  ) throws(OracleError) -> Graph {
    let key = GraphCache.Key(
      shape: try CaseShape(of: problem, for: plan.formulation),
      upstreamSequences: Set(problem.upstream.sequence.keys),
      upstreamFinals: Set(problem.upstream.final.keys), reported: reported,
      givesCotangents: givesCotangents || !reported.isEmpty,
      namesAbsentGradients: namesAbsentGradients, forwardOnly: forwardOnly)
    if let known = kept?[key] { return known }
    // What would take too long to multiply out is refused before any of it is.
    guard plan.expressions.isEvaluated else {
      throw OracleError(
        code: .unsupported,
        message: "a product of sums is multiplied out, to at most \(ExpansionSize.mostMonomials)"
          + " terms with numbers up to \(ExpansionSize.largestCoefficient)",
        formulation: plan.formulation.id)
    }
    var builder = GraphBuilder(plan, key)
    builder.buildForward()
    if !forwardOnly {
      builder.buildBackward()
      builder.buildParameterGradients()
    }
    plan.keep(builder.patterns)
    kept?[key] = builder.graph
    return builder.graph
  }

  // MARK: Expressions

  /// The node of an expression at a step; a read beyond the sequence is zero.
  mutating func lower(
    _ number: Int, _ step: Int, _ element: Int, _ width: Int
  ) -> Graph.NodeID {
    let row = number * distinctWidths.count + (distinctWidths.firstIndex(of: width) ?? 0)
    if let node = known[row, step, element] { return node }
    let node: Graph.NodeID
    switch plan.expressions.entries[number] {
    case .apply(let activation, let argument):
      let argument = lower(argument, step, element, width)
      node = append(
        activation == .softmax ? .softmax(argument) : .activation(activation, argument), width)
    case .inner(let a, let b):
      node = append(
        .inner(lower(a, step, element, width), lower(b, step, element, width)), 1)
    default: node = compute(number, step, element, width)
    }
    known[row, step, element] = node
    return node
  }

  /// The sum that an expression is at a step, as a node of its own unless it is a node as it stands.
  mutating func compute(
    _ number: Int, _ step: Int, _ element: Int, _ width: Int
  ) -> Graph.NodeID {
    let pattern = pattern(of: number, step, element)
    let start = resolve(pattern, step, element, width)
    defer { operands.removeSubrange(start...) }
    return add(pattern.expansion, width) { $0[start + $1] }
  }

  /// What an expression is at a step, as a sum of nodes.
  mutating func expand(
    _ number: Int, _ step: Int, _ element: Int, _ width: Int
  ) -> Expansion {
    let pattern = pattern(of: number, step, element)
    let start = resolve(pattern, step, element, width)
    defer { operands.removeSubrange(start...) }
    var expansion = pattern.expansion
    for index in expansion.products.indices {
      expansion.products[index].operand = operands[start + expansion.products[index].operand]
    }
    for index in expansion.monomials.indices {
      expansion.monomials[index].factors = expansion.monomials[index].factors.map {
        operands[start + $0]
      }
    }
    return expansion
  }

  private mutating func pattern(of number: Int, _ step: Int, _ element: Int) -> Pattern {
    let reads = plan.expressions.reads[number]
    var key = PatternTable.Key(present: 0, namesAbsentGradients: namesAbsentGradients)
    for (bit, read) in reads.enumerated() where isThere(read, step, element) {
      key.present |= 1 << UInt64(bit)
    }
    if reads.count <= PatternTable.mostReads, let known = patterns[number, key] { return known }
    let present = reads.filter { isThere($0, step, element) }
    let named = reads.filter {
      guard namesAbsentGradients, case .signal(let signal, _) = $0 else { return false }
      return plan.signals[signal].isGradient && !present.contains($0)
    }
    let found = Pattern(of: number, in: plan.expressions, present: present, named: named)
    if reads.count <= PatternTable.mostReads { patterns[number, key] = found }
    return found
  }

  /// Puts the nodes of a pattern's operands behind `operands`, and says from where on they stand.
  private mutating func resolve(
    _ pattern: Pattern, _ step: Int, _ element: Int, _ width: Int
  ) -> Int {
    let start = operands.count
    for operand in pattern.operands {
      let node: Graph.NodeID
      switch operand {
      case .read(let read): node = self.node(of: read, step, element)
      case .absentGradient(let signal): node = zeros(widths[signal])
      case .vector(let vector): node = parameter(vector, width)
      case .value(let number): node = lower(number, step, element, width)
      case .argument(let number, let matrix):
        let block = blocks[matrix]
        let isTransposed = plan.matrices[matrix].isTransposed
        node = lower(
          number, step, element, isTransposed ? block.rows.count : block.columns.count)
      case .sum(let index):
        node = add(pattern.sums[index], width) { $0[start + $1] }
      }
      operands.append(node)
    }
    return start
  }

  /// The node of a sum.
  ///
  /// - Parameter node: the node that an operand of the sum is, from `operands`.
  mutating func add(
    _ expansion: Expansion, _ width: Int, node: ([Graph.NodeID], Int) -> Graph.NodeID = { $1 }
  ) -> Graph.NodeID {
    if let single = expansion.singleOperand { return node(operands, single) }
    let isExpanded = expansion.monomials.contains(where: \.isExpanded)
    return append(
      .combination(
        .init(
          products: expansion.products.map {
            .init(
              isNegative: $0.isNegative, block: blocks[$0.matrix],
              isTransposed: plan.matrices[$0.matrix].isTransposed,
              operand: node(operands, $0.operand))
          },
          monomials: expansion.monomials.map { monomial in
            var monomial = monomial
            monomial.factors = monomial.factors.map { node(operands, $0) }
            return monomial
          },
          operations: isExpanded ? expansion.operations : 0)), width)
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

  // MARK: Leaves

  private enum LeafKind: Int, CaseIterable {
    case sequence
    case initial
    case upstreamSequence
    case upstreamFinal
  }

  private mutating func leaf(
    _ kind: LeafKind, _ source: Graph.Leaf.Source, of signal: Int, _ step: Int, _ element: Int
  ) -> Graph.NodeID {
    let row = signal * LeafKind.allCases.count + kind.rawValue
    if let known = leaves[row, step, element] { return known }
    let offset = (self.row(step) * shape.batch + element) * widths[signal]
    let tensor = tensors[row] ?? graph.append(source)
    tensors[row] = tensor
    let leaf = Graph.Leaf(source: graph.sources[tensor], tensor: tensor, offset: offset)
    let node = append(.leaf(leaf), widths[signal])
    leaves[row, step, element] = node
    return node
  }

  /// The value from which a state starts.
  mutating func initial(_ state: Int, _ element: Int) -> Graph.NodeID {
    leaf(
      .initial, .initial(plan.signals[state].name), of: state, Self.afterLastStep, element)
  }

  mutating func upstreamSequence(_ signal: Int, _ step: Int, _ element: Int) -> Graph.NodeID {
    leaf(
      .upstreamSequence, .upstreamSequence(plan.signals[signal].name), of: signal, step, element)
  }

  mutating func upstreamFinal(_ state: Int, _ element: Int) -> Graph.NodeID {
    leaf(
      .upstreamFinal, .upstreamFinal(plan.signals[state].name), of: state, Self.afterLastStep,
      element)
  }

  private mutating func parameter(_ vector: Int, _ width: Int) -> Graph.NodeID {
    if let known = vectors[vector] { return known }
    let node = appendLeaf(.parameter(plan.expressions.vectors[vector].name), width)
    vectors[vector] = node
    return node
  }

  private mutating func zeros(_ width: Int) -> Graph.NodeID {
    if let known = zeros[width] { return known }
    let node = appendLeaf(.absent(width), width)
    zeros[width] = node
    return node
  }

  /// A leaf that is a whole tensor.
  private mutating func appendLeaf(_ source: Graph.Leaf.Source, _ width: Int) -> Graph.NodeID {
    append(.leaf(.init(source: source, tensor: graph.append(source), offset: 0)), width)
  }

  // MARK: Reads

  /// Where a signal is found.
  private enum Found {
    /// In the case or a report, at a step.
    case leaf(Int)
    case initial
    case node(Graph.NodeID)
    case nothing
  }

  private func isThere(_ read: ExpressionTable.Read, _ step: Int, _ element: Int) -> Bool {
    switch read {
    case .signal(let signal, let time):
      if case .nothing = find(signal, at: time, from: step, element) { return false }
      return true
    case .upstreamSequence(let signal): return hasUpstreamSequence[signal]
    case .upstreamFinal(let state):
      return hasUpstreamFinal[state] && step == finalStep(of: state, element)
    }
  }

  private mutating func node(
    of read: ExpressionTable.Read, _ step: Int, _ element: Int
  ) -> Graph.NodeID {
    switch read {
    case .signal(let signal, let time):
      node(found: find(signal, at: time, from: step, element), signal, element)
        ?? zeros(widths[signal])
    case .upstreamSequence(let signal): upstreamSequence(signal, step, element)
    case .upstreamFinal(let state): upstreamFinal(state, element)
    }
  }

  /// A signal at a step; beyond the end that a state starts from its initial value, nothing beyond the
  /// other one.
  mutating func read(_ signal: Int, at step: Int, _ element: Int) -> Graph.NodeID? {
    node(found: find(signal, at: step, element), signal, element)
  }

  private mutating func node(found: Found, _ signal: Int, _ element: Int) -> Graph.NodeID? {
    switch found {
    case .leaf(let step):
      leaf(
        .sequence, plan.signals[signal].isInput ? .input : .reported(plan.signals[signal].report),
        of: signal, step, element)
    case .initial: initial(signal, element)
    case .node(let node): node
    case .nothing: nil
    }
  }

  /// A signal at a time as an equation at a step reads it; at either end of no steps, the initial state.
  private func find(
    _ signal: Int, at time: TimeIndex, from step: Int, _ element: Int
  ) -> Found {
    if case .step(let offset) = time { return find(signal, at: step + offset, element) }
    if plan.signals[signal].isAtOneStepAlone {
      return find(signal, at: Self.afterLastStep, element)
    }
    guard shape.lengths[element] > 0 else {
      return plan.signals[signal].isState ? .initial : .nothing
    }
    return find(signal, at: time == .first ? 0 : shape.lengths[element] - 1, element)
  }

  private func find(_ number: Int, at step: Int, _ element: Int) -> Found {
    let signal = plan.signals[number]
    if signal.isInput { return inputIsRead(at: step, element) ? .leaf(step) : .nothing }
    let isBeyond = step >= shape.lengths[element] && step != Self.afterLastStep
    if step < 0 || isBeyond {
      let isStart = signal.direction == (isBeyond ? .backward : .forward)
      return signal.isState && isStart ? .initial : .nothing
    }
    if isReported[number] { return .leaf(step) }
    return signals[number, step, element].map { .node($0) } ?? .nothing
  }

  func inputIsRead(at step: Int, _ element: Int) -> Bool {
    (0..<shape.lengths[element]).contains(step)
      && (step == 0 || !plan.formulation.readsFirstInputAlone)
  }

  /// Whether an expression is zero at a step because it reads an input that is not there.
  ///
  /// Nothing is rounded where zeros are added, so that a sum must not count them as terms.
  func lacksInput(_ number: Int, _ step: Int, _ element: Int) -> Bool {
    switch plan.expressions.entries[number] {
    case .read(.signal(plan.input, .step(let offset))):
      !inputIsRead(at: step + offset, element)
    case .product(_, let a), .negation(let a): lacksInput(a, step, element)
    case .sum(let a, let b), .difference(let a, let b):
      lacksInput(a, step, element) && lacksInput(b, step, element)
    case .hadamard(let a, let b), .inner(let a, let b):
      lacksInput(a, step, element) || lacksInput(b, step, element)
    case .number, .read, .vector, .apply: false
    }
  }

  // MARK: Outputs

  mutating func emit(
    _ quantity: Quantity, _ signal: Int, _ step: Int, _ element: Int, _ node: Graph.NodeID
  ) {
    graph.outputs.append(
      .init(
        quantity: quantity, offset: (row(step) * shape.batch + element) * widths[signal],
        node: node))
  }

  /// The row of a step in a tensor; what holds at the last step alone has one row.
  private func row(_ step: Int) -> Int { step == Self.afterLastStep ? 0 : step }

  func sequenceShape(of signal: Int) -> [Int] {
    [plan.signals[signal].isAtOneStepAlone ? 1 : shape.steps, shape.batch, widths[signal]]
  }
}

extension Graph.Node {
  fileprivate var isLeaf: Bool {
    if case .leaf = operation { return true }
    return false
  }
}
