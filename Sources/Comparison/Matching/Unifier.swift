import Equations

/// Finds the parameters of B that make equations of A equal to equations of B, with all signals decided.
///
/// Backtracking over the terms and factors that parameters alone tell apart. A parameter that stands in
/// several places is the same in all of them.
struct Unifier {
  private var left: Skeletons
  private var right: Skeletons
  private let a: EquationSystem
  private let b: EquationSystem
  private var steps = 0
  private static let mostSteps = 20_000

  init(_ a: EquationSystem, _ b: EquationSystem, map: SignalMap) {
    self.a = a
    self.b = b
    left = Skeletons(a: a, map: map)
    right = Skeletons(b: b)
  }

  /// Two multisets that must be made equal.
  private enum Goal {
    case terms([Polynomial.Term], [Polynomial.Term])
    case factors([Factor], [Factor])
  }

  /// The parameters that make every pair equal, in addition to those that are bound already.
  ///
  /// - Returns: nil where none do, or where too many steps did not find them.
  mutating func unify(
    _ pairs: [(Polynomial, Polynomial)], from binding: Binding = Binding()
  ) -> Binding? {
    steps = 0
    for (p, q) in pairs where left.skeleton(p) != right.skeleton(q) { return nil }
    return solve(pairs.reversed().map { .terms($0.terms, $1.terms) }, binding)
  }

  private mutating func solve(_ goals: [Goal], _ binding: Binding) -> Binding? {
    steps += 1
    guard steps <= Self.mostSteps else { return nil }
    guard let goal = goals.last else { return binding.negated() == nil ? nil : binding }
    let rest = goals.dropLast()
    switch goal {
    case .terms(let ps, let qs):
      guard ps.count == qs.count else { return nil }
      guard let p = ps.first else { return solve(Array(rest), binding) }
      let skeleton = left.skeleton(p)
      for (index, q) in qs.enumerated() where right.skeleton(q) == skeleton {
        var next = binding
        next.require(p.monomial.linearSlots, isOdd: (p.coefficient < 0) != (q.coefficient < 0))
        let goals =
          rest + [
            .terms(Array(ps.dropFirst()), qs.removing(at: index)),
            .factors(p.monomial.factors, q.monomial.factors),
          ]
        if let found = solve(Array(goals), next) { return found }
      }
    case .factors(let fs, let gs):
      guard fs.count == gs.count else { return nil }
      guard let f = fs.first else { return solve(Array(rest), binding) }
      let skeleton = left.skeleton(f)
      for (index, g) in gs.enumerated() where right.skeleton(g) == skeleton {
        var next = binding
        guard let alternatives = inside(f, g, &next) else { continue }
        for inside in alternatives {
          let goals = rest + [.factors(Array(fs.dropFirst()), gs.removing(at: index))] + inside
          if let found = solve(Array(goals), next) { return found }
        }
      }
    }
    return nil
  }

  /// What must be equal for two factors to be; nil where their parameters are bound otherwise.
  private func inside(_ f: Factor, _ g: Factor, _ binding: inout Binding) -> [[Goal]]? {
    switch (f, g) {
    case (.vector(let s), .vector(let u)): return binding.bind(s, to: u) ? [[]] : nil
    case (.product(let s, _, let p), .product(let u, _, let q)):
      return binding.bind(s, to: u) ? [[.factors(p.factors, q.factors)]] : nil
    case (.apply(_, let p), .apply(_, let q)), (.group(let p), .group(let q)):
      return [[.terms(p.terms, q.terms)]]
    case (.inner(let p, let p2), .inner(let q, let q2)):
      return [
        [.terms(p.terms, q.terms), .terms(p2.terms, q2.terms)],
        [.terms(p.terms, q2.terms), .terms(p2.terms, q.terms)],
      ]
    default: return [[]]
    }
  }
}

extension Array {
  fileprivate func removing(at index: Int) -> [Element] {
    var rest = self
    rest.remove(at: index)
    return rest
  }
}
