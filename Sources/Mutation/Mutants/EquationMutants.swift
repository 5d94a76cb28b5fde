import Conformance
import Equations
import GoldenFixtures
import Oracle
import Tensors

extension Mutant {
  /// The mutants of the equations.
  static func equationMutants(of source: MutantSource) -> [Mutant] {
    source.formulation.mutants().map { mutant in
      let reference = Reference(mutant.formulation, gradients: mutant.gradients)
      return Mutant(
        mutant.id, .equations, mutant.kind.bugClass, mutant.change,
        places: mutant.signals.map { .sequence($0.name) }, comparison: .equations(reference),
        original: source.equations
      ) { EquationSubject(reference.keepingGraphs) }
    }
  }

  /// The mutants of the gradient equations.
  static func gradientMutants(of source: MutantSource) throws(EquationError) -> [Mutant] {
    try source.formulation.gradientMutants().map { mutant in
      let reference = Reference(source.formulation, gradients: mutant.gradients)
      let place: Quantity =
        switch mutant.place {
        case .signal(let symbol): .cotangent(symbol.name)
        case .parameter(let symbol): .parameter(symbol.name)
        case .input: .inputs(source.formulation.input.name)
        }
      // What comes back to a state from the first step is its initial gradient, by the same equation.
      let initial: [Quantity] =
        if case .cotangent(let name) = place, source.states.contains(name) {
          [.initial(name)]
        } else {
          []
        }
      return Mutant(
        mutant.id, .backward, mutant.kind.bugClass, mutant.change, places: [place] + initial,
        comparison: .equations(reference), original: source.equations
      ) { EquationSubject(reference.keepingGraphs) }
    }
  }
}

extension GradientMutant.Kind {
  /// The label of fixtures and reports.
  var bugClass: BugClass {
    switch self {
    case .term, .upstream, .derivative, .stale, .gate: .gradientTerm
    case .overwritten: .gradientAccumulation
    case .path: .truncatedBPTT
    case .transpose: .transpose
    }
  }
}
