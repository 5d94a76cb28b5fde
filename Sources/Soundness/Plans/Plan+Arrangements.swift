import Equations

// How programs write one polynomial.
extension Plan {
  /// The plan with every arrangement to choose from.
  ///
  /// - Parameter activation: which activation a plan is the value of, if any.
  func arranged(_ activation: (Plan) -> Activation?) -> Plan {
    switch self {
    case .sum(let terms):
      .anyOf(
        Self.ways(ofSum: terms).map { way in
          .sum(way.map { Term(isNegative: $0.isNegative, plan: $0.plan.arranged(activation)) })
        })
    case .product(let factors):
      .anyOf(
        Self.ways(ofProduct: factors, activation).map { way in
          // What is multiplied out is not put together again.
          if case .sum = way { return way }
          return .multiplied(way.factors.map { $0.arranged(activation) })
        })
    case .number, .signal, .parameter, .matrix, .apply, .slope, .inner, .oneOf: self
    }
  }

  private static func anyOf(_ ways: [Plan]) -> Plan { ways.count == 1 ? ways[0] : .oneOf(ways) }

  /// A sum of terms in the ways in which programs arrange it.
  ///
  /// ```
  /// (1 − z) a + z b = a + z (b − a) = b + (1 − z) (a − b) = a − z a + z b
  /// f a − f b = f (a − b)
  /// ```
  private static func ways(ofSum terms: [Term]) -> [[Term]] {
    var ways = [terms]
    for (first, kept) in terms.enumerated() where !kept.isNegative {
      for (second, taken) in terms.enumerated() where second != first && !taken.isNegative {
        guard let (z, a, b) = interpolation(kept.plan, taken.plan) else { continue }
        let rest = terms.enumerated().filter { $0.offset != first && $0.offset != second }
          .map(\.element)
        ways += interpolations(z, a, b).map { rest + $0 }
      }
    }
    return ways + factoredOut(terms)
  }

  /// z, a and b where the two are `(1 − z) a` and `z b`.
  private static func interpolation(_ kept: Plan, _ taken: Plan) -> (z: Plan, a: Plan, b: Plan)? {
    for (index, factor) in kept.factors.enumerated() {
      guard let z = factor.complemented, let place = taken.factors.firstIndex(of: z),
        kept.factors.count > 1, taken.factors.count > 1
      else { continue }
      var a = kept.factors
      var b = taken.factors
      a.remove(at: index)
      b.remove(at: place)
      return (z, .multiplied(a), .multiplied(b))
    }
    return nil
  }

  private static func interpolations(_ z: Plan, _ a: Plan, _ b: Plan) -> [[Term]] {
    let open = difference(.number(1), z)
    return [
      [Term(plan: a), Term(plan: .product([z, difference(b, a)]))],
      [Term(plan: b), Term(plan: .product([open, difference(a, b)]))],
      [
        Term(plan: a), Term(isNegative: true, plan: .product([z, a])),
        Term(plan: .product([z, b])),
      ],
      [
        Term(plan: .product([z, b])),
        Term(isNegative: true, plan: .product([difference(z, .number(1)), a])),
      ],
    ]
  }

  /// Two terms with a factor in common, which stands in front of their sum.
  private static func factoredOut(_ terms: [Term]) -> [[Term]] {
    for (first, a) in terms.enumerated() {
      for (second, b) in terms.enumerated().dropFirst(first + 1) {
        let (left, right) = (a.plan.factors, b.plan.factors)
        guard left.count > 1, right.count > 1, let common = left.first(where: right.contains),
          let i = left.firstIndex(of: common), let j = right.firstIndex(of: common)
        else { continue }
        var (x, y) = (left, right)
        x.remove(at: i)
        y.remove(at: j)
        let inner = Plan.sum([
          Term(isNegative: a.isNegative, plan: .multiplied(x)),
          Term(isNegative: b.isNegative, plan: .multiplied(y)),
        ])
        let rest = terms.enumerated().filter { $0.offset != first && $0.offset != second }
          .map(\.element)
        return [rest + [Term(plan: .product([common, inner]))]]
      }
    }
    return []
  }

  /// A product in the ways in which programs arrange it: as it stands, with an activation's derivative of
  /// its value or of its argument, a short sum multiplied out.
  private static func ways(
    ofProduct factors: [Plan], _ activation: (Plan) -> Activation?
  ) -> [Plan] {
    var ways = [multiplied(factors)]
    let sloped = factors.withSlopes(activation)
    if sloped != factors { ways.append(multiplied(sloped)) }
    if factors.count > 1,
      let short = factors.lastIndex(where: { (2...3).contains($0.terms.count) && !$0.hasMatrix })
    {
      var others = factors
      others.remove(at: short)
      ways.append(
        .sum(
          factors[short].terms.map {
            Term(
              isNegative: $0.isNegative,
              plan: multiplied($0.plan == .number(1) ? others : others + [$0.plan]))
          }))
    }
    return ways
  }

  private static func multiplied(_ factors: [Plan]) -> Plan {
    factors.count == 1 ? factors[0] : .product(factors.flatMap(\.factors))
  }
}

extension [Plan] {
  /// The factors with `s ⊙ (1 − s)` of a σ and `1 − s ⊙ s` of a tanh as one derivative.
  fileprivate func withSlopes(_ activation: (Plan) -> Activation?) -> [Plan] {
    var factors = self
    for factor in self {
      guard let s = factor.complemented else { continue }
      if case .product(let square) = s, square.count == 2, square[0] == square[1],
        activation(square[0]) == .tanh, let place = factors.firstIndex(of: factor)
      {
        factors[place] = .slope(.tanh, of: square[0])
      } else if activation(s) == .logistic, let place = factors.firstIndex(of: factor),
        let value = factors.firstIndex(of: s)
      {
        factors[place] = .slope(.logistic, of: s)
        factors.remove(at: value)
      }
    }
    return factors
  }
}
