import Equations
import Tensors

extension GraphBuilder {
  /// The equations of every step of every sequence, then those of its last step alone.
  mutating func buildForward() {
    let equations = formulation.orderedEquations.map {
      (signal: $0.signal, time: $0.time, number: table.number(of: $0.expression))
    }
    for element in 0..<shape.batch {
      for step in 0..<shape.lengths[element] {
        for equation in equations where equation.time != .last {
          define(equation.signal, equation.number, step, element)
        }
      }
      for equation in equations where equation.time == .last {
        define(equation.signal, equation.number, Self.afterLastStep, element)
      }
      for state in formulation.states {
        let node =
          read(state, at: shape.lengths[element] - 1, element)
          ?? leaf(.initial(state.name), element * width(state), width(state))
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

  private mutating func define(_ signal: Symbol, _ number: Int, _ step: Int, _ element: Int) {
    let node = stored(lower(number, step, element, width(signal)))
    signals[SignalPlace(symbol: signal, step: step, element: element)] = node
    emit(.sequence(signal.name), signal, step, element, node)
  }

  func sequenceShape(of signal: Symbol) -> [Int] {
    [formulation.steps(of: signal, in: shape.steps), shape.batch, width(signal)]
  }
}
