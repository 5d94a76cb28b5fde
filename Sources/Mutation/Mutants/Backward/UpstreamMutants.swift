import Conformance
import GoldenFixtures
import Tensors

extension Mutant {
  /// Upstream gradients that are not taken up as they are, and gradients that are not linear in them.
  static func upstreamMutants(of source: MutantSource) -> [Mutant] {
    let cell = source.cell
    var mutants: [Mutant] = []
    func add(
      _ id: String, _ bugClass: BugClass, _ words: String, places: [Quantity],
      given: @escaping @Sendable (inout Case<Double>) -> Void
    ) {
      mutants.append(
        Mutant(id, .backward, bugClass, words, places: places, original: cell) {
          ChangedSubject(base: cell, given: given)
        })
    }
    for state in source.states {
      add(
        "final-\(state)-ignored", .gradientTerm,
        "ignores the upstream gradient of the final \(state)",
        places: [.cotangent(state), .initial(state)]
      ) { $0.upstream.final[state] = $0.upstream.final[state]?.zeroed }
    }
    for output in source.formulation.outputs.map(\.name) {
      add(
        "upstream-\(output)-ignored", .gradientTerm, "ignores the upstream gradient of \(output)",
        places: [.cotangent(output)]
      ) { $0.upstream.sequence[output] = $0.upstream.sequence[output]?.zeroed }
    }
    for output in source.stepOutputs {
      add(
        "upstream-\(output)-of-the-last-step-alone", .gradientTerm,
        "takes up the upstream gradient of \(output) at the last step alone",
        places: [.cotangent(output)]
      ) { problem in
        let steps = problem.batch.steps
        problem.upstream.sequence[output] = problem.upstream.sequence[output].map { right in
          let width = right.shape[1...].reduce(1, *)
          return Tensor(shape: right.shape) { $0 / width == steps - 1 ? right[$0] : 0 }
        }
      }
    }
    add(
      "final-absent", .gradientTerm,
      "does not go back where no final state has an upstream gradient",
      places: source.upstreamPlaces + source.states.map { .initial($0) }
    ) { problem in
      guard problem.upstream.final.isEmpty else { return }
      problem.upstream.sequence = problem.upstream.sequence.mapValues(\.zeroed)
    }
    add(
      "sequence-absent", .gradientTerm, "does not go back where no output has an upstream gradient",
      places: source.upstreamPlaces + source.states.map { .initial($0) }
    ) { problem in
      guard problem.upstream.sequence.isEmpty else { return }
      problem.upstream.final = problem.upstream.final.mapValues(\.zeroed)
    }
    let changes: [(String, String, @Sendable (Double) -> Double)] = [
      ("squared", "squared", { $0 * $0 }), ("magnitude", "without their signs", { $0.magnitude }),
      ("clipped", "clipped to ±1", { max(-1, min(1, $0)) }),
      ("clamped", "clamped between 0 and 1", { max(0, min(1, $0)) }),
      ("ones", "all taken for 1", { _ in 1 }),
    ]
    for (id, words, change) in changes {
      add(
        "upstream-\(id)", .cotangentLinearity, "upstream gradients \(words)",
        places: source.upstreamPlaces + source.states.map { .initial($0) }
      ) { problem in
        let offered = problem.upstream
        problem.changeUpstream(change)
        problem.upstream.sequence.merge(offered.sequence.filter { $0.value.isZero }) { $1 }
      }
      guard id != "ones", id != "clipped" else { continue }
      mutants.append(
        Mutant(
          "gradients-\(id)", .backward, .cotangentLinearity, "the parameters' gradients \(words)",
          places: source.parameterGradients, original: cell
        ) {
          ChangedSubject(
            base: cell,
            answered: { _, answers in
              for quantity in source.parameterGradients {
                answers[quantity] = answers[quantity]?.map(change)
              }
            })
        })
    }
    return mutants + staleMutants(of: source)
  }

  /// Gradients from what another forward pass left, and gradients that are not there.
  private static func staleMutants(of source: MutantSource) -> [Mutant] {
    let cell = source.cell
    return [
      Mutant(
        "stale-trace", .backward, .gradientTerm,
        "goes back through another sequence's forward pass",
        places: source.allGradients, original: cell
      ) {
        ReroutedSubject(base: cell) { base, problem, precision in
          let right = try base.answers(to: problem, in: precision)
          var other = problem
          other.batch.x = problem.batch.x.map { -$0 }
          let stale = try base.answers(to: other, in: precision)
          return right.withGradients(of: stale)
        }
      }
    ]
      + source.states.map { state in
        Mutant(
          "initial-\(state)-gradient-missing", .backward, .gradientTerm,
          "the gradient of the initial \(state) is zero", places: [.initial(state)], original: cell
        ) {
          ChangedSubject(
            base: cell, answered: { $1[.initial(state)] = $1[.initial(state)]?.zeroed })
        }
      }
  }
}

extension Tensor<Double> {
  fileprivate var isZero: Bool { scalars.allSatisfy { $0 == 0 } }
}
