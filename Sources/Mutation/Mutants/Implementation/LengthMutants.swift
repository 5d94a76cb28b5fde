import Conformance
import GoldenFixtures
import Tensors

extension Mutant {
  /// Padding that is computed on, reported or read; lengths that are not each sequence's own.
  static func lengthMutants(of source: MutantSource) -> [Mutant] {
    let cell = source.cell
    let values = source.allSignals + source.states.map { .final($0) }
    var mutants = [
      Mutant(
        "lengths-ignored", .implementation, .lengths, "goes on through the padding",
        places: values, original: cell
      ) { ChangedSubject(base: cell, given: { $0.batch.lengths = nil }) },
      Mutant(
        "lengths-ignored-backward", .backward, .lengths, "the way back starts in the padding",
        places: source.allGradients, original: cell
      ) {
        ReroutedSubject(base: cell) { base, problem, precision in
          let right = try base.answers(to: problem, in: precision)
          var padded = problem
          padded.batch.lengths = nil
          let wrong = try base.answers(to: padded, in: precision)
          return right.withGradients(of: wrong)
        }
      },
      Mutant(
        "longest-length-for-all", .implementation, .lengths,
        "every sequence is as long as the longest", places: values, original: cell
      ) {
        ChangedSubject(
          base: cell,
          given: { problem in
            problem.batch.lengths = problem.batch.lengths.map { lengths in
              lengths.map { _ in lengths.max() ?? 0 }
            }
          })
      },
      Mutant(
        "lengths-of-the-next-sequence", .implementation, .lengths,
        "each sequence has the length of the next", places: values, original: cell
      ) {
        ChangedSubject(
          base: cell,
          given: { problem in
            problem.batch.lengths = problem.batch.lengths.map { lengths in
              lengths.indices.map { lengths[($0 + 1) % lengths.count] }
            }
          })
      },
      Mutant(
        "x-gradient-in-padding", .backward, .lengths,
        "the gradient of x goes on in the padding with that of the last step",
        places: [.inputs("x")], original: cell
      ) {
        ChangedSubject(
          base: cell,
          answered: { $1[.inputs("x")] = $1[.inputs("x")]?.withLastStepsRepeated(in: $0) })
      },
    ]
    for output in source.stepOutputs {
      mutants.append(
        Mutant(
          "\(output)-in-padding", .implementation, .lengths,
          "\(output) goes on in the padding with that of the last step",
          places: [.sequence(output)], original: cell
        ) {
          ChangedSubject(
            base: cell,
            answered: {
              $1[.sequence(output)] = $1[.sequence(output)]?.withLastStepsRepeated(in: $0)
            })
        })
    }
    for state in source.states {
      mutants.append(
        Mutant(
          "final-\(state)-of-the-last-row", .implementation, .lengths,
          "the final \(state) is that of the last step of all, padding or not",
          places: [.final(state)], original: cell
        ) {
          ChangedSubject(
            base: cell,
            answered: { problem, answers in
              guard problem.batch.steps > 0, let states = answers[.sequence(state)] else { return }
              let last = states.slice(along: 0, problem.batch.steps - 1)
              answers[.final(state)] = answers[.final(state)].map { right in
                Tensor(shape: right.shape) { last[$0] }
              }
            })
        })
    }
    return mutants
  }
}

extension Tensor<Double> {
  /// Steps [T,B,N] whose padding repeats each sequence's last step.
  fileprivate func withLastStepsRepeated(in problem: Case<Double>) -> Tensor {
    rearranged(along: 0) { step, position in
      let element = element(of: position, axis: 1)
      return min(step, problem.lastStep(of: element) ?? step)
    }
  }
}
