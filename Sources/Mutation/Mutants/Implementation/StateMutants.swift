import Conformance
import GoldenFixtures
import Tensors

extension Mutant {
  /// Initial states that are ignored or taken from elsewhere, states that are not carried.
  static func stateMutants(of source: MutantSource) -> [Mutant] {
    let cell = source.cell
    var mutants: [Mutant] = []
    for state in source.states {
      let readers = source.readers(ofEarlier: [state])
      mutants.append(
        Mutant(
          "initial-\(state)-ignored", .implementation, .initialState,
          "zero for the initial \(state)", places: readers, original: cell
        ) {
          ChangedSubject(
            base: cell,
            given: { $0.batch.initial[state] = $0.batch.initial[state]?.zeroed },
            answered: { $1[.initial(state)] = $1[.initial(state)]?.zeroed })
        })
      mutants.append(
        Mutant(
          "initial-\(state)-broadcast", .implementation, .initialState,
          "the initial \(state) of the first sequence for all", places: readers, original: cell
        ) {
          ChangedSubject(
            base: cell,
            given: {
              $0.batch.initial[state] = $0.batch.initial[state]?.rearranged(along: 0) { _, _ in 0 }
            })
        })
      if source.isStepwise {
        let stepwise = StepByStep(base: cell, formulation: source.formulation)
        mutants.append(
          Mutant(
            "\(state)-not-carried", .implementation, .recurrence,
            "every step starts from the initial \(state)", places: readers, original: stepwise
          ) {
            var subject = stepwise
            subject.carry = { _, states, initial in
              states.merging([state: initial[state] ?? Tensor(zeros: [])]) { $1 }
            }
            subject.bringBack = { _, gradients in
              gradients.merging([state: gradients[state]?.zeroed ?? Tensor(zeros: [])]) { $1 }
            }
            return subject
          })
      }
      for other in source.states where other > state {
        mutants += exchangeMutants(of: state, other, in: source)
      }
    }
    mutants.append(
      Mutant(
        "no-state-carried", .implementation, .recurrence,
        "every step starts from the initial states",
        places: source.readers(ofEarlier: source.states),
        original: cell
      ) {
        ReroutedSubject(base: cell) { try $0.answers(toEveryStepOf: $1, in: $2, source) }
      })
    return mutants
  }

  /// Two states in each other's places, on the way in and on the way out.
  private static func exchangeMutants(
    of state: String, _ other: String, in source: MutantSource
  ) -> [Mutant] {
    let cell = source.cell
    return [
      Mutant(
        "initial-\(state)+\(other)-exchanged", .implementation, .initialState,
        "the initial \(state) and \(other) exchanged",
        places: source.readers(ofEarlier: [state, other]), original: cell
      ) {
        ChangedSubject(
          base: cell,
          given: { problem in
            let initial = problem.batch.initial
            problem.batch.initial[state] = initial[other]
            problem.batch.initial[other] = initial[state]
          },
          answered: { _, answers in
            let right = answers
            answers[.initial(state)] = right[.initial(other)]
            answers[.initial(other)] = right[.initial(state)]
          })
      },
      Mutant(
        "final-\(state)+\(other)-exchanged", .implementation, .layout,
        "the final \(state) and \(other) exchanged", places: [.final(state), .final(other)],
        original: cell
      ) {
        ChangedSubject(
          base: cell,
          answered: { _, answers in
            let right = answers
            answers[.final(state)] = right[.final(other)]
            answers[.final(other)] = right[.final(state)]
          })
      },
    ]
  }
}

extension Subject {
  /// The answers where every step is a sequence of its own from the initial states: T·B sequences of one step.
  fileprivate func answers(
    toEveryStepOf problem: Case<Double>, in precision: Precision, _ source: MutantSource
  ) throws -> Answers<Double> {
    let (steps, batch) = (problem.batch.steps, problem.batch.batch)
    guard steps > 0 else { return try answers(to: problem, in: precision) }
    func unrolled(_ tensor: Tensor<Double>) -> Tensor<Double> {
      Tensor(shape: [1, steps * batch, tensor.shape[2]]) { tensor[$0] }
    }
    func repeated(_ tensor: Tensor<Double>) -> Tensor<Double> {
      Tensor(shape: [steps * batch, tensor.shape[1]]) { tensor[$0 % tensor.count] }
    }
    /// At each sequence's last step the tensor's own numbers, zero elsewhere.
    func atLastStep(_ tensor: Tensor<Double>) -> Tensor<Double> {
      let width = tensor.shape[1]
      return Tensor(shape: [steps * batch, width]) { position in
        let (row, unit) = position.quotientAndRemainder(dividingBy: width)
        let (step, element) = row.quotientAndRemainder(dividingBy: batch)
        return step == problem.lastStep(of: element) ? tensor[element, unit] : 0
      }
    }
    var each = problem
    each.batch.x = unrolled(problem.batch.x)
    if source.formulation.readsFirstInputAlone {
      let first = batch * problem.batch.inputSize
      each.batch.x = Tensor(shape: each.batch.x.shape) { $0 < first ? problem.batch.x[$0] : 0 }
    }
    each.batch.lengths = problem.batch.lengths.map { lengths in
      (0..<steps).flatMap { step in lengths.map { step < $0 ? 1 : 0 } }
    }
    each.batch.initial = problem.batch.initial.mapValues(repeated)
    for name in source.stepOutputs + source.states {
      each.upstream.sequence[name] = problem.upstream.sequence[name].map(unrolled)
    }
    for name in source.lastOutputs {
      each.upstream.sequence[name] = problem.upstream.sequence[name].map { upstream in
        let rows = atLastStep(upstream.slice(along: 0, 0).flattened)
        return Tensor(shape: [1] + rows.shape) { rows[$0] }
      }
    }
    each.upstream.final = problem.upstream.final.mapValues(atLastStep)
    let found = try answers(to: each, in: precision)

    /// The row of each sequence's last step, or of its first where it has none.
    func lastRows(_ tensor: Tensor<Double>) -> Tensor<Double> {
      let width = tensor.shape[1]
      return Tensor(shape: [batch, width]) { position in
        let (element, unit) = position.quotientAndRemainder(dividingBy: width)
        return tensor[(problem.lastStep(of: element) ?? 0) * batch + element, unit]
      }
    }
    var answers: Answers<Double> = [:]
    for (quantity, tensor) in found {
      switch quantity {
      case .sequence(let name), .cotangent(let name), .inputs(let name):
        if source.lastOutputs.contains(name) {
          let rows = lastRows(tensor.flattened)
          answers[quantity] = Tensor(shape: [1] + rows.shape) { rows[$0] }
        } else {
          answers[quantity] = Tensor(shape: [steps, batch, tensor.shape[2]]) { tensor[$0] }
        }
      case .final: answers[quantity] = lastRows(tensor)
      case .initial:
        answers[quantity] = Tensor(shape: [batch, tensor.shape[1]]) { position in
          (0..<steps).reduce(0) { $0 + tensor[$1 * batch * tensor.shape[1] + position] }
        }
      case .parameter: answers[quantity] = tensor
      }
    }
    return answers
  }
}

extension Tensor<Double> {
  /// A tensor [1,B,N] as a matrix [B,N].
  fileprivate var flattened: Tensor { Tensor(shape: Array(shape.dropFirst())) { self[$0] } }
}
