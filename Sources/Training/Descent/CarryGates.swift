import Equations

/// A gate that decides how much of a state is carried from one step to the next.
package struct CarryGate: Hashable {
  /// The gate's signal.
  package let gate: Symbol
  /// Whether the state is multiplied by the gate itself; else by one minus it.
  package let keeps: Bool
  /// The vector that is added inside the gate; nil where its document has none.
  package let bias: Symbol?
}

extension Formulation {
  /// The gates that carry a state, read off the equations.
  ///
  /// A gate z is σ of something and stands before a state's own last value in the state's equation:
  /// `f_t ⊙ c_{t-1}` keeps it where f is 1, `(1 - z_t) ⊙ h_{t-1}` where z is 0.
  package var carryGates: [CarryGate] {
    states.flatMap { state in
      equations.filter { $0.signal == state }.flatMap { equation in
        equation.expression.terms.compactMap { carryGate(in: $0, of: state) }
      }
    }
  }

  private func carryGate(in term: Expression, of state: Symbol) -> CarryGate? {
    guard case .hadamard(let a, let b) = term else { return nil }
    // A state of a backward direction passes from the step after.
    let last = Expression.signal(state, .step(direction(of: state) == .forward ? -1 : 1))
    for (factor, other) in [(a, b), (b, a)] where other == last {
      switch factor {
      case .signal(let gate, .step(0)): return carryGate(gate, keeps: true)
      case .difference(.number(1), .signal(let gate, .step(0))):
        return carryGate(gate, keeps: false)
      default: continue
      }
    }
    return nil
  }

  private func carryGate(_ gate: Symbol, keeps: Bool) -> CarryGate? {
    guard let equation = equations.first(where: { $0.signal == gate }),
      case .apply(let function, let argument) = equation.expression,
      function.activation == .logistic
    else { return nil }
    let biases = argument.terms.compactMap { term -> Symbol? in
      if case .vector(let symbol) = term { symbol } else { nil }
    }
    return CarryGate(gate: gate, keeps: keeps, bias: biases.first)
  }
}

extension Expression {
  /// The terms of a sum.
  fileprivate var terms: [Expression] {
    if case .sum(let a, let b) = self { a.terms + b.terms } else { [self] }
  }
}
