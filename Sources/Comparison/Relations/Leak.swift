import Equations

/// A state's linear path to the next step, and whether it leaks: whether what is new has the weight that
/// is left, `s_t = a ⊙ s_{t-1} + (1 − a) ⊙ n`.
struct Leak {
  /// What a weight is made of.
  enum Kind: Hashable {
    /// A number.
    case constant
    /// A parameter, the same at every step.
    case parameter
    /// Something that each step computes.
    case gate
  }

  let state: Symbol
  /// a.
  let weight: Expression
  let kind: Kind
  /// What a gate is computed from: the input and states of earlier steps.
  let sources: [Expression]
  /// n; nil where what is added has a weight of its own.
  let new: Expression?
  /// Everything that is added.
  let rest: Expression

  init(_ connection: SelfConnection, of formulation: Formulation) {
    state = connection.state
    weight = connection.weight
    rest = connection.rest
    sources = formulation.sources(of: weight)
    var hasParameter = false
    weight.forEach {
      switch $0 {
      case .vector, .product: hasParameter = true
      default: break
      }
    }
    kind = !sources.isEmpty ? .gate : hasParameter ? .parameter : .constant
    new = Polynomial(of: rest).weighted(byOneMinus: Polynomial(of: weight)).map {
      Expression($0, complemented: [])
    }
  }

  /// The leaks of two formulations to hold side by side: of states that correspond, or of the first that
  /// have one.
  static func pair(
    _ a: Formulation, _ b: Formulation, corresponding: [(a: Symbol, b: Symbol)]
  ) -> (Leak, Leak)? {
    let (left, right) = (a.selfConnections, b.selfConnections)
    for (s, u) in corresponding {
      if let p = left.first(where: { $0.state == s }), let q = right.first(where: { $0.state == u })
      {
        return (Leak(p, of: a), Leak(q, of: b))
      }
    }
    guard let p = left.first, let q = right.first else { return nil }
    return (Leak(p, of: a), Leak(q, of: b))
  }
}

extension Polynomial {
  /// n, where the polynomial is `(1 − weight) ⊙ n`.
  fileprivate func weighted(byOneMinus weight: Polynomial) -> Polynomial? {
    let left = Polynomial(1).adding(weight.negated)
    if let gate = left.singleFactor {
      // 1 − a is one gate: every term has it.
      var terms: [Term] = []
      for term in self.terms {
        guard let index = term.monomial.factors.firstIndex(of: gate) else { return nil }
        var factors = term.monomial.factors
        factors.remove(at: index)
        terms.append(Term(coefficient: term.coefficient, monomial: Monomial(factors)))
      }
      return Polynomial(terms)
    }
    guard let factor = weight.singleFactor else { return nil }
    // n − a ⊙ n: the terms without a are n.
    let new = Polynomial(terms.filter { !$0.monomial.factors.contains(factor) })
    return new.multiplied(by: left) == self ? new : nil
  }
}

extension Formulation {
  /// The input and the earlier states that an expression is computed from, by way of this step's signals.
  fileprivate func sources(of expression: Expression) -> [Expression] {
    var found: [Expression] = []
    var visited: Set<Symbol> = []
    func visit(_ expression: Expression) {
      for read in expression.reads {
        if read.symbol == input || read.time != .step(0) {
          let source = Expression.signal(read.symbol, read.time)
          if !found.contains(source) { found.append(source) }
        } else if visited.insert(read.symbol).inserted,
          let equation = equations.first(where: { $0.signal == read.symbol })
        {
          visit(equation.expression)
        }
      }
    }
    visit(expression)
    return found
  }
}
