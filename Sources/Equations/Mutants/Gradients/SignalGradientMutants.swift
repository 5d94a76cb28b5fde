extension GradientMutants {
  /// Adds the wrong gradients of the signals.
  mutating func addSignalGradients() {
    for (index, adjoint) in original.adjoints.enumerated() {
      addTerms(of: adjoint, at: index)
      addOverwritten(adjoint, at: index)
      addDerivatives(of: adjoint, at: index)
      let place = GradientMutant.Place.signal(adjoint.signal)
      if adjoint.hasUpstream {
        add(.upstream, "ignores what comes from outside", at: place) {
          $0.adjoints[index] = adjoint.with(hasUpstream: false)
        }
      }
      if adjoint.contributions.contains(where: \.readsNextStep) {
        add(.path, "nothing comes back from the next step", at: place) {
          $0.adjoints[index].contributions.removeAll(where: \.readsNextStep)
        }
      }
    }
  }

  private mutating func addTerms(of adjoint: GradientSystem.Adjoint, at index: Int) {
    let place = GradientMutant.Place.signal(adjoint.signal)
    for (term, expression) in adjoint.contributions.enumerated() {
      for change in expression.gradientChanges(in: formulation) {
        add(change.kind, change.words, at: place) {
          $0.adjoints[index].contributions[term] = change.expression
        }
      }
      add(.term, "drops \(expression.text)", at: place) {
        $0.adjoints[index].contributions.remove(at: term)
      }
    }
    for (term, expression) in adjoint.lastContributions.enumerated() {
      for change in expression.gradientChanges(in: formulation) {
        add(change.kind, change.words, at: place) {
          $0.adjoints[index].lastContributions[term] = change.expression
        }
      }
      add(.term, "drops \(expression.text)", at: place) {
        $0.adjoints[index].lastContributions.remove(at: term)
      }
    }
  }

  /// Each term alone, as where every term is stored instead of being added.
  private mutating func addOverwritten(_ adjoint: GradientSystem.Adjoint, at index: Int) {
    let count =
      adjoint.contributions.count + adjoint.lastContributions.count + (adjoint.hasUpstream ? 1 : 0)
    guard count > 1 else { return }
    let place = GradientMutant.Place.signal(adjoint.signal)
    for expression in adjoint.contributions {
      add(.overwritten, "\(expression.text) overwrites the rest", at: place) {
        $0.adjoints[index] = adjoint.with(
          hasUpstream: false, contributions: [expression], lastContributions: [])
      }
    }
    if adjoint.hasUpstream {
      add(.overwritten, "what comes from outside overwrites the rest", at: place) {
        $0.adjoints[index] = adjoint.with(contributions: [], lastContributions: [])
      }
    }
  }

  /// The derivative of the activation that is a signal's whole equation.
  private mutating func addDerivatives(of adjoint: GradientSystem.Adjoint, at index: Int) {
    guard let equation = formulation.equations.first(where: { $0.signal == adjoint.signal }),
      case .apply(let function, let argument) = equation.expression,
      let derivative = adjoint.derivative
    else { return }
    let place = GradientMutant.Place.signal(adjoint.signal)
    let value = Expression.signal(adjoint.signal, equation.time)
    let others: [(words: String, derivative: Expression?)] =
      [
        ("no derivative of \(function.name)", nil),
        (
          "the derivative of \(function.name) at the argument",
          function.activation.derivative(at: argument)
        ),
      ]
      + [Activation.logistic, .tanh, .relu].filter { $0 != function.activation }.map {
        ("the derivative of \($0) for that of \(function.name)", $0.derivative(at: value))
      }
      + derivative.factorChanges.map { ($0.words, $0.expression) }
      + derivative.termChanges.map { ($0.words, $0.expression) }
    for other in others {
      add(.derivative, other.words, at: place) { $0.adjoints[index].derivative = other.derivative }
    }
    for change in derivative.staleReads(in: formulation) {
      add(.stale, change.words, at: place) { $0.adjoints[index].derivative = change.expression }
    }
  }
}

extension GradientSystem.Adjoint {
  fileprivate func with(
    hasUpstream: Bool? = nil, contributions: [Expression]? = nil,
    lastContributions: [Expression]? = nil
  ) -> Self {
    Self(
      signal: signal, symbol: symbol, hasUpstream: hasUpstream ?? self.hasUpstream,
      contributions: contributions ?? self.contributions,
      firstContributions: firstContributions,
      lastContributions: lastContributions ?? self.lastContributions, time: time,
      derivative: derivative)
  }
}
