import Equations
import Tensors

extension GraphBuilder {
  private typealias NumberedEquation = (signal: Symbol, number: Int)

  /// The equations of every step of every sequence, phase by phase, then those of one step alone.
  mutating func buildForward() {
    let equations = formulation.orderedEquations
    var numbers: [Symbol: Int] = [:]
    for equation in equations { numbers[equation.signal] = table.number(of: equation.expression) }
    func numbered(_ equations: [Equation]) -> [NumberedEquation] {
      equations.map { ($0.signal, numbers[$0.signal] ?? 0) }
    }
    let phases = formulation.phases.map { phase in
      (phase.direction, numbered(phase.positions.map { formulation.equations[$0] }))
    }
    let ends = numbered(equations.filter { $0.time.isAtOneStep })
    for element in 0..<shape.batch {
      for (direction, equations) in phases {
        for step in steps(of: element, direction) {
          for (signal, number) in equations { define(signal, number, step, element) }
        }
      }
      for (signal, number) in ends { define(signal, number, Self.afterLastStep, element) }
      for state in formulation.states {
        let final = finalStep(of: state, element)
        let node = final.flatMap { read(state, at: $0, element) } ?? initial(state, element)
        emit(.final(state.name), state, 0, element, node)
      }
    }
    for signal in formulation.signals {
      graph.shapes[.sequence(signal.name)] = sequenceShape(of: signal)
    }
    for state in formulation.states {
      graph.shapes[.final(state.name)] = [shape.batch, width(state)]
    }
    graph.forwardCount = graph.nodes.count
  }

  /// The steps of a sequence in the order of a direction.
  func steps(of element: Int, _ direction: Direction) -> [Int] {
    let steps = Array(0..<shape.lengths[element])
    return direction == .forward ? steps : steps.reversed()
  }

  /// The step of a state's final value; nil where the sequence has no step.
  func finalStep(of state: Symbol, _ element: Int) -> Int? {
    guard shape.lengths[element] > 0 else { return nil }
    return formulation.direction(of: state) == .forward ? shape.lengths[element] - 1 : 0
  }

  private mutating func define(_ signal: Symbol, _ number: Int, _ step: Int, _ element: Int) {
    let node = stored(lower(number, step, element, width(signal)))
    signals[SignalPlace(symbol: signal, step: step, element: element)] = node
    emit(.sequence(signal.name), signal, step, element, node)
  }

  func sequenceShape(of signal: Symbol) -> [Int] {
    [formulation.steps(of: signal, in: shape.steps), shape.batch, width(signal)]
  }
}
