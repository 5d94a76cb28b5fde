import Equations

extension EquationSystem {
  /// The gates that may be replaced by one minus them: σ of something, neither state nor output.
  var gates: [Symbol] {
    signals.filter {
      guard !$0.isState, !$0.isOutput, !$0.time.isAtOneStep,
        case .apply(.logistic, _)? = $0.polynomial.singleFactor
      else { return false }
      return true
    }.map(\.symbol)
  }

  /// The same cell in terms of one minus some gates, since 1 − σ(a) = σ(−a).
  ///
  /// ```
  /// z = σ(a),  h = (1 − z) ⊙ h' + z ⊙ n      becomes      z = σ(−a),  h = z ⊙ h' + (1 − z) ⊙ n
  /// ```
  func complementing(_ gates: Set<Symbol>) -> EquationSystem {
    guard !gates.isEmpty else { return self }
    var system = replacing {
      guard case .signal(let symbol, _) = $0, gates.contains(symbol) else { return nil }
      return Polynomial(1).adding(Polynomial($0).negated)
    }
    for index in signals.indices where gates.contains(signals[index].symbol) {
      guard case .apply(let function, let argument)? = system.signals[index].polynomial.singleFactor
      else { continue }
      system.signals[index].polynomial = argument.negated.applied(function)
    }
    return system
  }
}
