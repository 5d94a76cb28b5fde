import Conformance
import GoldenFixtures
import Tensors

extension Mutant {
  /// Parameter gradients that are not the sum over all steps of all sequences.
  static func accumulationMutants(of source: MutantSource) -> [Mutant] {
    let cell = source.cell
    var mutants = [
      scaled("mean-over-batch", "averaged over the batch", source) {
        1 / Double(max($0.batch.batch, 1))
      },
      scaled("mean-over-steps", "averaged over the steps", source) {
        1 / Double(max($0.batch.steps, 1))
      },
      Mutant(
        "last-sequence-alone", .backward, .gradientAccumulation,
        "each sequence overwrites the parameters' gradients of the one before",
        places: source.parameterGradients, original: cell
      ) {
        ReroutedSubject(base: cell) { base, problem, precision in
          var answers = try base.answers(to: problem, in: precision)
          guard problem.batch.batch > 0 else { return answers }
          let last = try base.answers(
            to: problem.element(problem.batch.batch - 1), in: precision)
          for quantity in source.parameterGradients { answers[quantity] = last[quantity] }
          return answers
        }
      },
    ]
    guard source.isStepwise else { return mutants }
    let stepwise = StepByStep(base: cell, formulation: source.formulation)
    for parameter in source.parameters {
      mutants.append(
        Mutant(
          "\(parameter)-overwritten", .backward, .gradientAccumulation,
          "each step overwrites the gradient of \(parameter)", places: [.parameter(parameter)],
          original: stepwise
        ) {
          var subject = stepwise
          subject.accumulate = { $0 == parameter ? $3 : $2.adding($3) }
          return subject
        })
      mutants.append(
        Mutant(
          "\(parameter)-without-first-step", .backward, .gradientAccumulation,
          "the first step adds nothing to the gradient of \(parameter)",
          places: [.parameter(parameter)], original: stepwise
        ) {
          var subject = stepwise
          subject.accumulate = { $0 == parameter && $1 == 0 ? $2 : $2.adding($3) }
          return subject
        })
    }
    return mutants
  }

  private static func scaled(
    _ id: String, _ words: String, _ source: MutantSource,
    by factor: @escaping @Sendable (Case<Double>) -> Double
  ) -> Mutant {
    Mutant(
      id, .backward, .gradientAccumulation, "the parameters' gradients are \(words)",
      places: source.parameterGradients, original: source.cell
    ) {
      ChangedSubject(
        base: source.cell,
        answered: { problem, answers in
          let factor = factor(problem)
          answers.change(source.parameterGradients) { $0 * factor }
        })
    }
  }
}
