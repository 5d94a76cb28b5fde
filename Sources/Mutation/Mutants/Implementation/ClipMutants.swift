import Conformance
import GoldenFixtures
import RealModule
import Tensors

extension Mutant {
  /// Values and gradients kept within bounds that no document prints.
  static func clipMutants(of source: MutantSource) -> [Mutant] {
    let cell = source.cell
    var mutants = [
      altered(
        "clipped-logistic", .clip, "σ of its argument clipped to ±3", .logistic, source
      ) { $0.magnitude > 3 ? 1 / (1 + Double.exp($0 < 0 ? 3 : -3)) : nil },
      altered(
        "clipped-tanh", .clip, "tanh of its argument clipped to ±3", .tanh, source
      ) { $0.magnitude > 3 ? Double.tanh($0 < 0 ? -3 : 3) : nil },
    ].compactMap { $0 }
    if source.isStepwise {
      let stepwise = StepByStep(base: cell, formulation: source.formulation)
      for state in source.states {
        mutants.append(
          Mutant(
            "\(state)-clipped", .implementation, .clip,
            "\(state) is clipped to ±1 between the steps",
            places: source.readers(ofEarlier: [state]), original: stepwise
          ) {
            stepwise.carrying(state) { max(-1, min(1, $0)) }
          })
      }
    }
    mutants.append(
      Mutant(
        "gradients-clipped", .backward, .clip,
        "the parameters' gradients are clipped to ±1", places: source.parameterGradients,
        original: cell
      ) {
        ChangedSubject(
          base: cell,
          answered: { _, answers in
            answers.change(source.parameterGradients) { max(-1, min(1, $0)) }
          })
      })
    mutants.append(
      Mutant(
        "gradients-clipped-by-norm", .backward, .clip,
        "the parameters' gradients are scaled to a norm of at most 1",
        places: source.parameterGradients, original: cell
      ) {
        ChangedSubject(
          base: cell,
          answered: { _, answers in
            let squares = source.parameterGradients.map { quantity in
              (answers[quantity]?.scalars ?? []).reduce(0) { $0 + $1 * $1 }
            }
            let norm = squares.reduce(0, +).squareRoot()
            guard norm > 1 else { return }
            answers.change(source.parameterGradients) { $0 / norm }
          })
      })
    return mutants
  }
}
