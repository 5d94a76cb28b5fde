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
  let isReported: [Bool]
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
  var leaves: PlaceTable
  /// By what leaves are and of which signal: the position of their tensor in `graph.sources`.
  var tensors: [Int?]
  var vectors: [Graph.NodeID?]
  var zeros: [Int: Graph.NodeID] = [:]
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
    add(expand(number, step, element, width), width)
  }

  /// What an expression is at a step, as a sum of nodes.
  mutating func expand(
    _ number: Int, _ step: Int, _ element: Int, _ width: Int
  ) -> Expansion {
    let pattern = pattern(of: number, step, element)
    let start = operands.count
    defer { operands.removeSubrange(start...) }
    for operand in pattern.operands {
      let node =
        switch operand {
        case .sum(let index): add(pattern.sums[index].mapping { operands[start + $0] }, width)
        case .part(let part): self.node(of: part, step, element, width)
        }
      operands.append(node)
    }
    return pattern.expansion.mapping { operands[start + $0] }
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

  private mutating func node(
    of part: Pattern.Part, _ step: Int, _ element: Int, _ width: Int
  ) -> Graph.NodeID {
    switch part {
    case .read(let read): return node(of: read, step, element)
    case .absentGradient(let signal): return zeros(widths[signal])
    case .vector(let vector): return parameter(vector, width)
    case .value(let number): return lower(number, step, element, width)
    case .argument(let number, let matrix):
      let block = blocks[matrix]
      let isTransposed = plan.matrices[matrix].isTransposed
      return lower(
        number, step, element, isTransposed ? block.rows.count : block.columns.count)
    }
  }

  /// The node of a sum of nodes.
  mutating func add(_ expansion: Expansion, _ width: Int) -> Graph.NodeID {
    if let single = expansion.singleOperand { return single }
    let products = expansion.products.map {
      Graph.Product(
        isNegative: $0.isNegative, block: blocks[$0.matrix],
        isTransposed: plan.matrices[$0.matrix].isTransposed, operand: $0.operand)
    }
    let isExpanded = expansion.monomials.contains(where: \.isExpanded)
    return append(
      .combination(
        .init(
          products: products, monomials: expansion.monomials,
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
  func row(_ step: Int) -> Int { step == Self.afterLastStep ? 0 : step }

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
