import Equations

extension GraphBuilder {
  // MARK: Leaves

  enum LeafKind: Int, CaseIterable {
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

  mutating func parameter(_ vector: Int, _ width: Int) -> Graph.NodeID {
    if let known = vectors[vector] { return known }
    let node = appendLeaf(.parameter(plan.expressions.vectors[vector].name), width)
    vectors[vector] = node
    return node
  }

  mutating func zeros(_ width: Int) -> Graph.NodeID {
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

  func isThere(_ read: ExpressionTable.Read, _ step: Int, _ element: Int) -> Bool {
    switch read {
    case .signal(let signal, let time):
      if case .nothing = find(signal, at: time, from: step, element) { return false }
      return true
    case .upstreamSequence(let signal): return hasUpstreamSequence[signal]
    case .upstreamFinal(let state):
      return hasUpstreamFinal[state] && step == finalStep(of: state, element)
    }
  }

  mutating func node(
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
}
