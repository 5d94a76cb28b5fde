import Conformance
import GoldenFixtures
import Tensors

extension Mutant {
  /// Backpropagation through time that stops before the first step.
  static func truncationMutants(of source: MutantSource) -> [Mutant] {
    guard source.isStepwise else { return [] }
    let cell = source.cell
    let stepwise = StepByStep(base: cell, formulation: source.formulation)
    let places = source.states.flatMap { [Quantity.cotangent($0), .initial($0)] }
    func cut(
      _ id: String, _ words: String, _ states: [String],
      where isCut: @escaping @Sendable (Int) -> Bool
    ) -> Mutant {
      Mutant(
        id, .backward, .truncatedBPTT, words, places: places, original: stepwise
      ) {
        var subject = stepwise
        subject.bringBack = { step, gradients in
          guard isCut(step) else { return gradients }
          return gradients.merging(
            gradients.filter { states.contains($0.key) }.mapValues(\.zeroed)
          ) { $1 }
        }
        return subject
      }
    }
    return [1, 2, 3].map { step in
      cut("truncated-at-\(step)", "nothing comes back from step \(step)", source.states) {
        $0 == step
      }
    } + [
      cut("truncated-every-2", "nothing comes back from every second step", source.states) {
        $0.isMultiple(of: 2)
      },
      cut("truncated-at-16", "nothing comes back over 16 steps", source.states) { $0 == 16 },
    ]
      + (source.states.count > 1
        ? source.states.map { state in
          cut("\(state)-path-cut", "nothing comes back through \(state)", [state]) { _ in true }
        } : []) + [
        Mutant(
          "silent-steps-skipped", .backward, .truncatedBPTT,
          "a step without an upstream gradient of its own is skipped", places: places,
          original: stepwise
        ) {
          ReroutedSubject(base: cell) { base, problem, precision in
            var subject = StepByStep(base: base, formulation: source.formulation)
            subject.bringBack = { step, gradients in
              problem.isSilent(at: step) ? gradients.mapValues(\.zeroed) : gradients
            }
            return try subject.answers(to: problem, in: precision)
          }
        }
      ]
  }
}

extension Case<Double> {
  /// Whether a step other than the last has no upstream gradient.
  fileprivate func isSilent(at step: Int) -> Bool {
    step < batch.steps - 1
      && upstream.sequence.values.allSatisfy { tensor in
        step >= tensor.shape[0] || tensor.slice(along: 0, step).scalars.allSatisfy { $0 == 0 }
      }
  }
}
