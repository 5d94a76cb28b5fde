import Tensors

// Of these handlings the values are compared alone: what they would make of gradients is not said.

extension Handling {
  /// Every step as a sequence of its own.
  static func withoutRecurrence(outputsOfTheLastStep: Set<String>) -> Handling {
    Handling(
      question: { problem in
        guard problem.batch.steps > 0 else { return problem }
        let (steps, batch) = (problem.batch.steps, problem.batch.batch)
        return Case(
          parameters: problem.parameters,
          batch: SequenceBatch(
            x: problem.batch.x.reshaped([1, steps * batch, problem.batch.inputSize]),
            initial: problem.batch.initial.mapValues { state in
              let width = state.shape.last ?? 0
              return Tensor(shape: [steps * batch, width]) { state[$0 % max(state.count, 1)] }
            }), upstream: Upstream(sequence: [:], final: [:]))
      },
      answers: { result, problem in
        guard problem.batch.steps > 0 else { return result }
        let (steps, batch) = (problem.batch.steps, problem.batch.batch)
        var result = result
        result.rearrange { quantity, tensor in
          let width = tensor.shape.last ?? 0
          func position(_ step: Int, _ element: Int, _ unit: Int) -> Int? {
            step < 0 ? nil : (step * batch + element) * width + unit
          }
          switch quantity {
          case .sequence(let name) where !outputsOfTheLastStep.contains(name):
            return (
              [steps, batch, width],
              places(steps, batch, width) { step, element, unit in
                step < problem.batch.length(of: element) ? position(step, element, unit) : nil
              }
            )
          case .sequence:
            return (
              [1, batch, width],
              places(1, batch, width) { position(problem.batch.length(of: $1) - 1, $1, $2) }
            )
          case .final:
            return (
              [batch, width],
              places(1, batch, width) { position(problem.batch.length(of: $1) - 1, $1, $2) }
            )
          default: return nil
          }
        }
        // A sequence of no step ends where it starts.
        for (name, state) in problem.batch.initial {
          let width = state.shape.last ?? 0
          for element in 0..<batch where problem.batch.length(of: element) == 0 {
            for unit in 0..<width {
              result.answers[.final(name)]?[element * width + unit] = state[element * width + unit]
            }
          }
        }
        return result
      })
  }

  /// Each sequence's own steps in reverse.
  ///
  /// - Parameter putBack: whether the values are put back to the steps whose inputs they read.
  static func reversing(putBack: Bool) -> Handling {
    Handling(
      question: { problem in
        var problem = problem
        problem.batch.x = problem.batch.x.reversedInTime(problem.batch)
        problem.upstream = Upstream(sequence: [:], final: [:])
        return problem
      },
      answers: { result, problem in
        guard putBack else { return result }
        var result = result
        result.rearrange { quantity, tensor in
          guard case .sequence = quantity,
            tensor.shape.first == problem.batch.steps
          else { return nil }
          return (tensor.shape, reversedPlaces(of: tensor.shape, problem.batch))
        }
        return result
      })
  }

  /// Every sequence has every step.
  static let ignoringLengths = Handling(question: { problem in
    var problem = problem
    problem.batch.lengths = nil
    return problem
  })

  /// Every sequence has every step, and what is computed in the padding is cut off from the values alone.
  static let takingStatesAfterPadding = Handling(
    question: ignoringLengths.question,
    answers: { result, problem in
      guard problem.batch.lengths != nil else { return result }
      var result = result
      result.rearrange { quantity, tensor in
        guard case .sequence = quantity,
          tensor.shape.count == 3, tensor.shape[0] == problem.batch.steps
        else { return nil }
        let (batch, width) = (tensor.shape[1], tensor.shape[2])
        return (
          tensor.shape,
          places(tensor.shape[0], batch, width) { step, element, unit in
            step < problem.batch.length(of: element)
              ? (step * batch + element) * width + unit : nil
          }
        )
      }
      return result
    })

  /// The bytes of [T,B,I] read as [B,T,I], and what is computed written as [B,T,H].
  static let exchangingAxes = Handling(
    question: { problem in
      var problem = problem
      let x = problem.batch.x
      let (steps, batch, width) = (x.shape[0], x.shape[1], x.shape[2])
      problem.batch.x = x.rearranged(
        places(steps, batch, width) { (($1 * steps) + $0) * width + $2 })
      problem.upstream = Upstream(sequence: [:], final: [:])
      return problem
    },
    answers: { result, problem in
      var result = result
      result.rearrange { quantity, tensor in
        guard case .sequence = quantity,
          tensor.shape.count == 3, tensor.shape[0] == problem.batch.steps
        else { return nil }
        let (steps, batch, width) = (tensor.shape[0], tensor.shape[1], tensor.shape[2])
        var positions: [Int?] = Array(repeating: nil, count: tensor.count)
        for (position, source) in places(steps, batch, width, { (($1 * steps) + $0) * width + $2 })
          .enumerated()
        {
          if let source { positions[source] = position }
        }
        return (tensor.shape, positions)
      }
      return result
    })
}

/// Positions by step, batch element and unit, in row-major order.
private func places(
  _ steps: Int, _ batch: Int, _ width: Int, _ place: (Int, Int, Int) -> Int?
) -> [Int?] {
  (0..<steps).flatMap { step in
    (0..<batch).flatMap { element in (0..<width).map { place(step, element, $0) } }
  }
}

private func reversedPlaces(of shape: [Int], _ batch: SequenceBatch<Double>) -> [Int?] {
  places(shape[0], shape[1], shape[2]) { step, element, unit in
    let length = batch.length(of: element)
    let source = step < length ? length - 1 - step : step
    return (source * shape[1] + element) * shape[2] + unit
  }
}

extension Tensor<Double> {
  fileprivate func reshaped(_ shape: [Int]) -> Tensor { Tensor(shape: shape) { self[$0] } }

  fileprivate func rearranged(_ positions: [Int?]) -> Tensor {
    Tensor(shape: shape) { positions[$0].map { self[$0] } ?? 0 }
  }

  fileprivate func reversedInTime(_ batch: SequenceBatch<Double>) -> Tensor {
    rearranged(reversedPlaces(of: shape, batch))
  }
}
