import Conformance
import GoldenFixtures
import Tensors

extension Mutant {
  /// Sequences of a batch that are mixed up or repeated.
  static func batchMutants(of source: MutantSource) -> [Mutant] {
    let cell = source.cell
    var mutants = [
      Mutant(
        "input-broadcast", .implementation, .batch, "the inputs of the first sequence for all",
        places: source.inputReaders, original: cell
      ) {
        ChangedSubject(
          base: cell, given: { $0.batch.x = $0.batch.x.rearranged(along: 1) { _, _ in 0 } })
      },
      Mutant(
        "input-of-the-next-sequence", .implementation, .batch,
        "each sequence gets the inputs of the next", places: source.inputReaders, original: cell
      ) {
        ChangedSubject(
          base: cell,
          given: { problem in
            let batch = problem.batch.batch
            problem.batch.x = problem.batch.x.rearranged(along: 1) { index, _ in
              (index + 1) % batch
            }
          },
          answered: { problem, answers in
            let batch = problem.batch.batch
            answers[.inputs("x")] = answers[.inputs("x")]?.rearranged(along: 1) { index, _ in
              (index + batch - 1) % batch
            }
          })
      },
      Mutant(
        "states-of-the-next-sequence", .implementation, .batch,
        "each sequence gets the initial states of the next",
        places: source.readers(ofEarlier: source.states), original: cell
      ) {
        ChangedSubject(
          base: cell,
          given: { problem in
            let batch = problem.batch.batch
            problem.batch.initial = problem.batch.initial.mapValues {
              $0.rearranged(along: 0) { index, _ in (index + 1) % batch }
            }
          },
          answered: { problem, answers in
            let batch = problem.batch.batch
            for state in source.states {
              answers[.initial(state)] = answers[.initial(state)]?.rearranged(along: 0) {
                index, _ in (index + batch - 1) % batch
              }
            }
          })
      },
    ]
    for output in source.stepOutputs + source.lastOutputs {
      mutants.append(
        Mutant(
          "\(output)-broadcast", .implementation, .batch,
          "the \(output) of the first sequence for all", places: [.sequence(output)],
          original: cell
        ) {
          ChangedSubject(
            base: cell,
            answered: {
              $1[.sequence(output)] = $1[.sequence(output)]?.rearranged(along: 1) { _, _ in 0 }
            })
        })
    }
    return mutants
  }
}
