import Conformance
import GoldenFixtures
import Tensors

extension Mutant {
  /// What goes wrong where there is no step to compute.
  static func emptyMutants(of source: MutantSource) -> [Mutant] {
    let cell = source.cell
    struct Refusal: Error {}
    var mutants = [
      Mutant(
        "no-steps-refused", .implementation, .empty, "fails on a batch of no steps", places: [],
        original: cell
      ) {
        ChangedSubject(
          base: cell, answered: { problem, _ in if problem.batch.steps == 0 { throw Refusal() } })
      },
      Mutant(
        "no-steps-undefined", .backward, .empty,
        "the parameters' gradients of no steps are divided by their number",
        places: source.parameterGradients, original: cell
      ) {
        ChangedSubject(
          base: cell,
          answered: { problem, answers in
            guard problem.batch.steps == 0 else { return }
            answers.change(source.parameterGradients) { $0 / 0 }
          })
      },
    ]
    for state in source.states {
      for (quantity, words, origin) in [
        (Quantity.final(state), "the final \(state)", Mutant.Origin.implementation),
        (.initial(state), "the gradient of the initial \(state)", .backward),
      ] {
        mutants.append(
          Mutant(
            "no-steps-zero-\(quantity.path.split(separator: "/").joined(separator: "-"))", origin,
            .empty, "\(words) of a sequence of no steps is zero", places: [quantity],
            original: cell
          ) {
            ChangedSubject(
              base: cell,
              answered: { problem, answers in
                answers[quantity] = answers[quantity].map { right in
                  Tensor(shape: right.shape) { position in
                    let element = right.element(of: position, axis: 0)
                    return problem.batch.length(of: element) == 0 ? 0 : right[position]
                  }
                }
              })
          })
      }
    }
    return mutants
  }
}
