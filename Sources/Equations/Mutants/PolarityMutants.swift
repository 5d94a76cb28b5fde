extension Expression {
  /// Every gate g, a factor of ⊙ whose value lies between 0 and 1, exchanged with 1 − g throughout the
  /// expression.
  func polarityChanges(in formulation: Formulation) -> [EquationChange] {
    var gates: [Expression] = []
    for (_, part) in sites {
      guard case .hadamard(let a, let b) = part else { continue }
      for factor in [a, b] {
        let gate = factor.complement ?? factor
        if gate.isGate(in: formulation), !gates.contains(gate) { gates.append(gate) }
      }
    }
    return gates.map { gate in
      EquationChange(
        kind: .polarity, words: "1 - \(gate.text) for \(gate.text)",
        expression: rewritten { part in
          if part == gate { return .difference(.number(1), gate) }
          // 1 − g, whose g was replaced just before.
          if part.complement?.complement == gate { return gate }
          return part
        })
    }
  }

  /// a of `1 - a`.
  private var complement: Expression? {
    if case .difference(.number(1), let a) = self { return a }
    return nil
  }

  private func isGate(in formulation: Formulation) -> Bool {
    switch self {
    case .vector(let symbol):
      return formulation.declaration.notation.fractions.contains(symbol.name)
    case .signal(let symbol, _):
      let equation = formulation.equations.first { $0.signal == symbol }
      guard case .apply(let function, _) = equation?.expression else { return false }
      return function.activation == .logistic && !formulation.states.contains(symbol)
    default: return false
    }
  }
}
