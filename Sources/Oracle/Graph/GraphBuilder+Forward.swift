import Equations
import Tensors

extension GraphBuilder {
  /// The equations of every step of every sequence, phase by phase, then those of one step alone.
  mutating func buildForward() {
    for element in 0..<shape.batch {
      for phase in plan.phases {
        for step in steps(of: element, phase.direction) {
          for definition in phase.definitions { define(definition, step, element) }
        }
      }
      for definition in plan.ends.definitions {
        define(definition, Self.afterLastStep, element)
      }
      for state in plan.states {
        let final = finalStep(of: state, element)
        let node = final.flatMap { read(state, at: $0, element) } ?? initial(state, element)
        emit(plan.signals[state].final, state, 0, element, node)
      }
    }
    for signal in plan.own { graph.shapes[plan.signals[signal].values] = sequenceShape(of: signal) }
    for state in plan.states {
      graph.shapes[plan.signals[state].final] = [shape.batch, widths[state]]
    }
    graph.forwardCount = graph.nodes.count
  }

  /// The steps of a sequence in the order of a direction.
  func steps(
    of element: Int, _ direction: Direction
  ) -> StrideTo<Int> {
    let length = shape.lengths[element]
    return direction == .forward
      ? stride(from: 0, to: length, by: 1) : stride(from: length - 1, to: -1, by: -1)
  }

  /// The step of a state's final value; nil where the sequence has no step.
  func finalStep(of state: Int, _ element: Int) -> Int? {
    guard shape.lengths[element] > 0 else { return nil }
    return plan.signals[state].direction == .forward ? shape.lengths[element] - 1 : 0
  }

  private mutating func define(
    _ definition: GraphPlan.Definition, _ step: Int, _ element: Int
  ) {
    let signal = definition.signal
    let node = stored(lower(definition.expression, step, element, widths[signal]))
    signals[signal, step, element] = node
    emit(plan.signals[signal].values, signal, step, element, node)
  }
}
