import Equations
import Tensors

extension GraphBuilder {
  /// An adjoint with its expressions by number.
  private struct NumberedAdjoint {
    let adjoint: GradientSystem.Adjoint
    let contributions: [Int]
    let firstContributions: [Int]
    let lastContributions: [Int]
    let derivative: Int?
  }

  /// The gradients of the signals, each phase against its direction and the last phase first, then those
  /// of the initial states.
  mutating func buildBackward() {
    let adjoints = system.adjoints.map { adjoint in
      NumberedAdjoint(
        adjoint: adjoint, contributions: numbers(adjoint.contributions),
        firstContributions: numbers(adjoint.firstContributions),
        lastContributions: numbers(adjoint.lastContributions),
        derivative: adjoint.derivative.map { table.number(of: $0) })
    }
    let input = numbers(system.input)
    let phases = formulation.phases.enumerated().map { index, phase in
      (
        direction: phase.direction, isFirst: index == 0,
        adjoints: adjoints.filter { formulation.phase(of: $0.adjoint.signal) == index }
      )
    }
    for element in 0..<shape.batch {
      for adjoint in adjoints where adjoint.adjoint.isAtOneStepAlone {
        define(adjoint, Self.afterLastStep, element)
      }
      for phase in phases.reversed() {
        for step in steps(of: element, phase.direction).reversed() {
          for adjoint in phase.adjoints { define(adjoint, step, element) }
          // The phase that is computed first is the last to add to the gradient of the input.
          if phase.isFirst { defineInputGradient(input, step, element) }
        }
      }
      for adjoint in adjoints where formulation.states.contains(adjoint.adjoint.signal) {
        defineInitialGradient(adjoint, element)
      }
    }
    for signal in formulation.signals where givesCotangents {
      graph.shapes[.cotangent(signal.name)] = sequenceShape(of: signal)
    }
    graph.shapes[.inputs(formulation.input.name)] =
      [shape.steps, shape.batch, width(formulation.input)]
    for state in formulation.states {
      graph.shapes[.initial(state.name)] = [shape.batch, width(state)]
    }
  }

  private mutating func defineInputGradient(_ numbers: [Int], _ step: Int, _ element: Int) {
    let width = width(formulation.input)
    var gradient = Expansion()
    if inputIsRead(at: step, element) { gradient = sum(of: numbers, step, element, width) }
    let node = stored(add(gradient, width))
    emit(.inputs(formulation.input.name), formulation.input, step, element, node)
  }

  private mutating func define(_ numbered: NumberedAdjoint, _ step: Int, _ element: Int) {
    let adjoint = numbered.adjoint
    let width = width(adjoint.signal)
    let isEnd = step == Self.afterLastStep
    let isFirst = isEnd || step == 0
    let isLast = isEnd || step == shape.lengths[element] - 1
    var total = Expansion()
    if adjoint.hasUpstream {
      for node in upstreamNodes(of: adjoint.signal, step, element) {
        total = total.adding(.node(node))
        if let signal = signals[SignalPlace(symbol: adjoint.signal, step: step, element: element)] {
          graph.loss.append((node, signal))
        }
      }
    }
    total = total.adding(sum(of: numbered.contributions, step, element, width))
    if isFirst { total = total.adding(sum(of: numbered.firstContributions, step, element, width)) }
    if isLast { total = total.adding(sum(of: numbered.lastContributions, step, element, width)) }
    if let derivative = numbered.derivative {
      total = multiply(total, expand(derivative, step, element, width), width)
    }
    let node = stored(add(total, width))
    signals[SignalPlace(symbol: adjoint.symbol, step: step, element: element)] = node
    if givesCotangents {
      emit(.cotangent(adjoint.signal.name), adjoint.signal, step, element, node)
    }
  }

  /// What the steps add to the gradient of a state beyond them, where it starts; with no step at all, the state
  /// is passed through.
  private mutating func defineInitialGradient(_ numbered: NumberedAdjoint, _ element: Int) {
    let state = numbered.adjoint.signal
    let width = width(state)
    var gradient = Expansion()
    if shape.lengths[element] == 0 {
      if upstream.final.contains(state.name) {
        let node = leaf(.upstreamFinal(state.name), element * width, width)
        gradient = .node(node)
        graph.loss.append((node, initial(state, element)))
      }
      gradient = gradient.adding(sum(of: numbered.firstContributions, -1, element, width))
      gradient = gradient.adding(sum(of: numbered.lastContributions, -1, element, width))
    }
    let length = shape.lengths[element]
    let beyond =
      formulation.direction(of: state) == .forward
      ? Array(stride(from: -1, through: -formulation.longestLag, by: -1))
      : Array(length..<(length + formulation.longestLead))
    for step in beyond {
      gradient = gradient.adding(sum(of: numbered.contributions, step, element, width))
    }
    emit(.initial(state.name), state, 0, element, stored(add(gradient, width)))
  }

  private mutating func sum(
    of numbers: [Int], _ step: Int, _ element: Int, _ width: Int
  ) -> Expansion {
    numbers.reduce(Expansion()) { $0.adding(expand($1, step, element, width)) }
  }

  private mutating func upstreamNodes(
    of signal: Symbol, _ step: Int, _ element: Int
  ) -> [Graph.NodeID] {
    var nodes: [Graph.NodeID] = []
    let width = width(signal)
    if upstream.sequence.contains(signal.name) {
      let offset = (row(step) * shape.batch + element) * width
      nodes.append(leaf(.upstreamSequence(signal.name), offset, width))
    }
    if step == finalStep(of: signal, element), upstream.final.contains(signal.name) {
      nodes.append(leaf(.upstreamFinal(signal.name), element * width, width))
    }
    return nodes
  }

  // MARK: Parameters

  /// The gradients of the parameters: sums over all steps of all sequences.
  mutating func buildParameterGradients() {
    for (parameter, gradient) in zip(formulation.learned, system.parameters) {
      let extents = parameter.shape.extents(shape.sizes)
      let quantity = Quantity.parameter(parameter.name)
      graph.shapes[quantity] = extents
      let node =
        extents.count == 1
        ? vectorGradient(gradient, extents[0]) : matrixGradient(gradient, extents)
      graph.outputs.append(.init(quantity: quantity, offset: 0, node: node))
    }
  }

  private mutating func vectorGradient(
    _ gradient: GradientSystem.ParameterGradient, _ width: Int
  ) -> Graph.NodeID {
    var total = Expansion()
    for term in gradient.terms {
      let cotangent = table.number(of: term.cotangent)
      forEveryStep(of: term) { builder, step, element in
        total = total.adding(.node(builder.lower(cotangent, step, element, width)))
      }
    }
    return stored(add(total, width))
  }

  private mutating func matrixGradient(
    _ gradient: GradientSystem.ParameterGradient, _ extents: [Int]
  ) -> Graph.NodeID {
    var sum = Graph.OuterSum(columns: extents[1], parts: [])
    for term in gradient.terms {
      guard let operand = term.operand, let matrix = term.matrix else { continue }
      let block = block(matrix)
      let (cotangent, vector) = (table.number(of: term.cotangent), table.number(of: operand))
      var pairs: [(cotangent: Graph.NodeID, operand: Graph.NodeID)] = []
      forEveryStep(of: term) { builder, step, element in
        guard !builder.lacksInput(vector, step, element) else { return }
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
    return graph.append(
      .init(operation: .outerSum(sum), width: extents[0] * extents[1], isStored: true))
  }

  private mutating func forEveryStep(
    of term: GradientSystem.ParameterGradient.Term,
    _ body: (inout GraphBuilder, Int, Int) -> Void
  ) {
    for element in 0..<shape.batch {
      if term.isAtOneStepAlone {
        body(&self, Self.afterLastStep, element)
      } else {
        for step in 0..<shape.lengths[element] { body(&self, step, element) }
      }
    }
  }
}
