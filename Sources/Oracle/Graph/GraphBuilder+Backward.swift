import Equations
import Tensors

extension GraphBuilder {
  /// The gradients of the signals, each phase against its direction and the last phase first, then those
  /// of the initial states.
  mutating func buildBackward() {
    let input = Quantity.inputs(plan.signals[plan.input].name)
    for element in 0..<shape.batch {
      for adjoint in plan.ends.adjoints { define(adjoint, Self.afterLastStep, element) }
      for (index, phase) in plan.phases.enumerated().reversed() {
        let direction: Direction = phase.direction == .forward ? .backward : .forward
        for step in steps(of: element, direction) {
          for adjoint in phase.adjoints { define(adjoint, step, element) }
          // The phase that is computed first is the last to add to the gradient of the input.
          if index == 0 { defineInputGradient(input, step, element) }
        }
      }
      for adjoint in plan.stateAdjoints {
        defineInitialGradient(adjoint, plan.signals[adjoint.signal].initialGradient, element)
      }
    }
    for signal in plan.own where givesCotangents {
      graph.shapes[plan.signals[signal].cotangents] = sequenceShape(of: signal)
    }
    graph.shapes[input] = [shape.steps, shape.batch, widths[plan.input]]
    for state in plan.states {
      graph.shapes[plan.signals[state].initialGradient] = [shape.batch, widths[state]]
    }
  }

  private mutating func defineInputGradient(_ quantity: Quantity, _ step: Int, _ element: Int) {
    let width = widths[plan.input]
    let node =
      inputIsRead(at: step, element)
      ? compute(plan.inputGradient, step, element, width) : add(Expansion(), width)
    emit(quantity, plan.input, step, element, stored(node))
  }

  private mutating func define(
    _ adjoint: GraphPlan.Adjoint, _ step: Int, _ element: Int
  ) {
    let signal = adjoint.signal
    if adjoint.hasUpstream, let value = signals[signal, step, element] {
      if hasUpstreamSequence[signal] {
        graph.loss.append((upstreamSequence(signal, step, element), value))
      }
      if hasUpstreamFinal[signal], step == finalStep(of: signal, element) {
        graph.loss.append((upstreamFinal(signal, element), value))
      }
    }
    let isEnd = step == Self.afterLastStep
    let expression =
      switch (isEnd || step == 0, isEnd || step == shape.lengths[element] - 1) {
      case (false, false): adjoint.expression
      case (true, false): adjoint.expressionAtFirst
      case (false, true): adjoint.expressionAtLast
      case (true, true): adjoint.expressionAtOnlyStep
      }
    let node = stored(compute(expression, step, element, widths[signal]))
    signals[adjoint.gradient, step, element] = node
    if givesCotangents { emit(plan.signals[signal].cotangents, signal, step, element, node) }
  }

  /// What the steps add to the gradient of a state beyond them, where it starts; with no step at all, the state
  /// is passed through.
  private mutating func defineInitialGradient(
    _ adjoint: GraphPlan.Adjoint, _ quantity: Quantity, _ element: Int
  ) {
    let state = adjoint.signal
    let width = widths[state]
    let length = shape.lengths[element]
    var gradient = Expansion()
    if length == 0 {
      if hasUpstreamFinal[state] {
        let node = upstreamFinal(state, element)
        gradient = .operand(node)
        graph.loss.append((node, initial(state, element)))
      }
      gradient.add(expand(adjoint.firstContributions, -1, element, width))
      gradient.add(expand(adjoint.lastContributions, -1, element, width))
    }
    let beyond =
      plan.signals[state].direction == .forward
      ? stride(from: -1, through: -plan.longestLag, by: -1)
      : stride(from: length, through: length + plan.longestLead - 1, by: 1)
    for step in beyond { gradient.add(expand(adjoint.contributions, step, element, width)) }
    emit(quantity, state, 0, element, stored(add(gradient, width)))
  }

  // MARK: Parameters

  /// The gradients of the parameters: sums over all steps of all sequences.
  mutating func buildParameterGradients() {
    for gradient in plan.parameters {
      let extents = gradient.parameter.shape.extents(shape.sizes)
      graph.shapes[gradient.quantity] = extents
      let node =
        extents.count == 1
        ? vectorGradient(gradient, extents[0]) : matrixGradient(gradient, extents)
      graph.outputs.append(.init(quantity: gradient.quantity, offset: 0, node: node))
    }
  }

  private mutating func vectorGradient(
    _ gradient: GraphPlan.ParameterGradient, _ width: Int
  ) -> Graph.NodeID {
    var total = Expansion()
    for term in gradient.terms {
      forEveryStep(of: term) { builder, step, element in
        let node = builder.lower(term.cotangent, step, element, width)
        total.monomials.append(.init(coefficient: 1, factors: [node]))
      }
    }
    return stored(add(total, width))
  }

  private mutating func matrixGradient(
    _ gradient: GraphPlan.ParameterGradient, _ extents: [Int]
  ) -> Graph.NodeID {
    var sum = Graph.OuterSum(columns: extents[1], parts: [])
    for term in gradient.terms {
      guard let operand = term.operand else { continue }
      let block = blocks[operand.matrix]
      var pairs: [(cotangent: Graph.NodeID, operand: Graph.NodeID)] = []
      forEveryStep(of: term) { builder, step, element in
        guard !builder.lacksInput(operand.expression, step, element) else { return }
        pairs.append(
          (
            builder.lower(term.cotangent, step, element, block.rows.count),
            builder.lower(operand.expression, step, element, block.columns.count)
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
    of term: GraphPlan.ParameterGradient.Term,
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
