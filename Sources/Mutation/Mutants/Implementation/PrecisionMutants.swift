import Conformance
import GoldenFixtures
import Tensors

extension Mutant {
  /// Arithmetic less accurate than it claims.
  static func precisionMutants(of source: MutantSource) -> [Mutant] {
    let cell = source.cell
    let equations = source.equations
    var mutants = [
      Mutant(
        "float32-inside", .implementation, .precision, "computes in float32",
        places: source.allSignals, precisions: [.float64], original: cell
      ) {
        ReroutedSubject(base: cell) { base, problem, _ in
          try base.answers(to: problem, in: .float32)
        }
      },
      Mutant(
        "float16-inside", .implementation, .precision, "computes in float16",
        places: source.allSignals, original: equations
      ) {
        var subject = equations
        subject.format = .float16
        return subject
      },
      Mutant(
        "float32-gradients", .backward, .precision, "goes back in float32",
        places: source.allGradients, precisions: [.float64], original: cell
      ) {
        ReroutedSubject(base: cell) { base, problem, precision in
          let right = try base.answers(to: problem, in: precision)
          let wrong = try base.answers(to: problem, in: .float32)
          return right.withGradients(of: wrong)
        }
      },
    ]
    guard source.isStepwise else { return mutants }
    let stepwise = StepByStep(base: cell, formulation: source.formulation)
    for state in source.states {
      mutants.append(
        Mutant(
          "\(state)-kept-in-float16", .implementation, .precision,
          "\(state) is kept in float16 between the steps",
          places: source.readers(ofEarlier: [state]), original: stepwise
        ) {
          stepwise.carrying(state) { Double(Float16($0)) }
        })
    }
    return mutants
  }
}
