extension Expression {
  /// Every activation replaced by every other one.
  ///
  /// hard σ is not among them: it is no activation that a document here prints.
  var activationChanges: [EquationChange] {
    sites.flatMap { position, part -> [EquationChange] in
      guard case .apply(let function, let argument) = part else { return [] }
      return [Activation.logistic, .tanh, .relu, .identity]
        .filter { $0 != function.activation }
        .map { activation in
          EquationChange(
            kind: .activation,
            words: activation == .identity
              ? "no activation for \(function.name)" : "\(activation) for \(function.name)",
            expression: replacing(
              position,
              by: activation == .identity
                ? argument : .apply(Function(activation.rawValue, activation), argument)))
        }
    }
  }
}
