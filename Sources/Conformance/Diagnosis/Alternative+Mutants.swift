import Equations
import GoldenFixtures
import Oracle

extension Alternative {
  /// The formulation with one change, in every way.
  static func mutants(of formulation: Formulation) -> [Alternative] {
    formulation.mutants().map { mutant in
      Alternative(
        .equations, mutant.change, mutant.bugClass(in: formulation),
        Reference(mutant.formulation, gradients: mutant.gradients))
    }
  }

  /// The right equations with one change in their gradients, in every way.
  ///
  /// - Throws: `EquationError` where the gradients cannot be derived.
  static func gradientMutants(of formulation: Formulation) throws(EquationError) -> [Alternative] {
    let right = try GradientSystem(of: formulation)
    return try formulation.gradientMutants().map { mutant in
      Alternative(
        .gradients, mutant.change, mutant.bugClass(besides: right),
        Reference(formulation, gradients: mutant.gradients))
    }
  }

  /// The same values with the gradient equations of the right ones: a mistake of the forward pass alone.
  func withGradients(of right: Reference) -> Alternative {
    Alternative(
      kind, name, bugClass, Reference(reference.formulation, gradients: right.gradients),
      handling: handling)
  }
}

extension EquationMutant {
  fileprivate func bugClass(in original: Formulation) -> BugClass? {
    guard kind == .term else { return kind.bugClass }
    // No class has a name for every term; one that brings the past along is the recurrence.
    return original.readsOfThePast == formulation.readsOfThePast ? nil : .recurrence
  }
}

extension Formulation {
  /// How often the equations read a signal at an earlier step.
  fileprivate var readsOfThePast: Int {
    equations.reduce(0) { count, equation in
      var count = count
      equation.expression.forEach {
        if case .signal(_, .step(let offset)) = $0, offset < 0 { count += 1 }
      }
      return count
    }
  }
}

extension GradientMutant {
  fileprivate func bugClass(besides right: GradientSystem) -> BugClass {
    switch kind {
    case .term where zip(right.bringsBack, gradients.bringsBack).contains { $0 && !$1 }:
      .truncatedBPTT
    case .term, .upstream, .derivative, .stale, .gate: .gradientTerm
    case .overwritten: .gradientAccumulation
    case .path: .truncatedBPTT
    case .transpose: .transpose
    }
  }
}

extension GradientSystem {
  /// For each signal whether its gradient arrives from another step.
  fileprivate var bringsBack: [Bool] {
    let gradients = Set(adjoints.map(\.symbol))
    return adjoints.map { adjoint in
      adjoint.contributions.contains { contribution in
        contribution.reads.contains { read in
          guard case .step(let offset) = read.time else { return false }
          return offset != 0 && gradients.contains(read.symbol)
        }
      }
    }
  }
}
