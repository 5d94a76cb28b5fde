import Equations
import GoldenFixtures
import Oracle
import Tensors

extension Alternative {
  /// Right equations that are handed something else than what was asked, or whose values are handed on wrongly.
  static func handlings(of reference: Reference) -> [Alternative] {
    let formulation = reference.formulation
    func alternative(_ bugClass: BugClass, _ name: String, _ handling: Handling) -> Alternative {
      Alternative(.handling, name, bugClass, reference, handling: handling)
    }
    let states = formulation.states.map(\.name)
    let biases = formulation.parameters.filter { $0.shape.columns == nil }.map(\.name)
    let lastOutputs = Set(formulation.signals.filter(formulation.isAtOneStepAlone).map(\.name))
    var found = [
      alternative(.initialState, "the initial states are taken as zero", .zeroing(states))
    ]
    if states.count > 1 {
      found += states.map {
        alternative(.initialState, "the initial \($0) is taken as zero", .zeroing([$0]))
      }
    }
    if states.count == 2, Set(formulation.states.map(formulation.axis)).count == 1 {
      found.append(
        alternative(
          .initialState, "the initial \(states[0]) and \(states[1]) are exchanged",
          .exchanging(states[0], states[1])))
    }
    found += [
      alternative(
        .batch, "every sequence starts from the initial states of the first one", .firstInitial),
      alternative(
        .recurrence, "every step starts from the initial states",
        .withoutRecurrence(outputsOfTheLastStep: lastOutputs)),
      alternative(
        .direction, "the steps are taken from the last to the first", .reversing(putBack: false)),
      alternative(
        .direction,
        "the steps are taken from the last to the first, and their results put back in order",
        .reversing(putBack: true)),
      alternative(.lengths, "the lengths of the sequences are ignored", .ignoringLengths),
      alternative(
        .lengths, "the final states are those after the padding", .takingStatesAfterPadding),
      alternative(.layout, "steps and sequences are exchanged in the layout", .exchangingAxes),
      alternative(
        .transpose, "every square matrix is transposed",
        .transposing(formulation.parameters.map(\.name))),
      alternative(
        .transpose, "every square matrix on a state is transposed",
        .transposing(formulation.matricesOnSignals)),
    ]
    if !biases.isEmpty {
      found += [
        alternative(.bias, "every bias is added twice", .multiplying(biases, by: 2)),
        alternative(.bias, "no bias is added", .multiplying(biases, by: 0)),
      ]
    }
    return found
  }
}

extension Handling {
  fileprivate static func zeroing(_ states: [String]) -> Handling {
    Handling(question: { problem in
      var problem = problem
      for state in states {
        problem.batch.initial[state] = problem.batch.initial[state]?.map { _ in 0 }
      }
      return problem
    })
  }

  fileprivate static func exchanging(_ a: String, _ b: String) -> Handling {
    Handling(question: { problem in
      var problem = problem
      let initial = problem.batch.initial
      (problem.batch.initial[a], problem.batch.initial[b]) = (initial[b], initial[a])
      return problem
    })
  }

  fileprivate static let firstInitial = Handling(question: { problem in
    var problem = problem
    problem.batch.initial = problem.batch.initial.mapValues { state in
      let width = state.shape.last ?? 0
      return Tensor(shape: state.shape) { state[$0 % max(width, 1)] }
    }
    return problem
  })

  fileprivate static func multiplying(_ parameters: [String], by factor: Double) -> Handling {
    Handling(question: { problem in
      var problem = problem
      for name in parameters {
        problem.parameters[name] = problem.parameters[name]?.map { $0 * factor }
      }
      return problem
    })
  }

  /// Square matrices transposed, and their gradients transposed back.
  fileprivate static func transposing(_ names: [String]) -> Handling {
    Handling(
      question: { problem in
        var problem = problem
        for name in names where problem.parameters[name]?.isSquare ?? false {
          problem.parameters[name] = problem.parameters[name]?.transposed
        }
        return problem
      },
      answers: { result, problem in
        var result = result
        result.rearrange { quantity, tensor in
          guard case .parameter(let name) = quantity, names.contains(name), tensor.isSquare else {
            return nil
          }
          let n = tensor.shape[0]
          return (tensor.shape, (0..<tensor.count).map { ($0 % n) * n + $0 / n })
        }
        return result
      })
  }
}

extension Tensor<Double> {
  fileprivate var isSquare: Bool { shape.count == 2 && shape[0] == shape[1] }

  /// A square matrix's transpose.
  fileprivate var transposed: Tensor {
    Tensor(shape: shape) { self[$0 % shape[0], $0 / shape[0]] }
  }
}

extension Formulation {
  /// The names of the matrices that are applied to something else than the input.
  fileprivate var matricesOnSignals: [String] {
    var names: [String] = []
    for equation in equations {
      equation.expression.forEach { part in
        guard case .product(let matrix, let vector) = part,
          !vector.reads.contains(where: { $0.symbol == input })
        else { return }
        names.append(matrix.symbol.name)
      }
    }
    return names
  }
}
