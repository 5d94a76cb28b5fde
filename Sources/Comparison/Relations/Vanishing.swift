import Equations

/// The terms that one system has and the other has not, so that they would have to vanish.
struct Vanishing {
  private(set) var a: [Monomial] = []
  private(set) var b: [Monomial] = []

  private var left: Skeletons
  private var right: Skeletons
  private let similarity: Similarity

  init(_ a: EquationSystem, _ b: EquationSystem, map: SignalMap) {
    left = Skeletons(a: a, map: map)
    right = Skeletons(b: b)
    similarity = Similarity(a: a, b: b, map: map)
  }

  /// Adds what differs between two sums, inside a function too where the rest of its term is equal.
  mutating func compare(_ p: Polynomial, _ q: Polynomial) {
    let (ps, qs) = Self.remaining(
      p.terms.map { ($0, left.skeleton($0)) }, q.terms.map { ($0, right.skeleton($0)) })
    var (restA, restB) = (ps, qs)
    for pair in similarity.pairs(Polynomial(ps), Polynomial(qs)) {
      // Terms that are left of a polynomial keep its order.
      let (s, t) = (ps[pair.a], qs[pair.b])
      if descend(s, t) {
        restA.removeAll { $0 == s }
        restB.removeAll { $0 == t }
      }
    }
    a += restA.map(\.monomial)
    b += restB.map(\.monomial)
  }

  /// Compares the arguments of the functions in two terms that differ in them alone.
  private mutating func descend(_ s: Polynomial.Term, _ t: Polynomial.Term) -> Bool {
    guard s.agreesInSize(with: t) else { return false }
    let (fs, gs) = Self.remaining(
      s.monomial.factors.map { ($0, left.skeleton($0)) },
      t.monomial.factors.map { ($0, right.skeleton($0)) })
    guard fs.count == gs.count else { return false }
    var arguments: [(Polynomial, Polynomial)] = []
    for (f, g) in zip(fs, gs) {
      guard case .apply(let function, let p) = f, case .apply(let other, let q) = g,
        function == other
      else { return false }
      arguments.append((p, q))
    }
    for (p, q) in arguments { compare(p, q) }
    return true
  }

  /// The members of two multisets, with their skeletons, that have no equal in the other.
  private static func remaining<Member>(
    _ ps: [(member: Member, skeleton: String)], _ qs: [(member: Member, skeleton: String)]
  ) -> ([Member], [Member]) {
    var open = qs
    var rest: [Member] = []
    for p in ps {
      if let index = open.firstIndex(where: { $0.skeleton == p.skeleton }) {
        open.remove(at: index)
      } else {
        rest.append(p.member)
      }
    }
    return (rest, open.map(\.member))
  }

  /// The parameters that make terms vanish when they are zero, such that stand nowhere else first.
  ///
  /// - Returns: nil where a term holds no parameter that could.
  static func slots(covering terms: [Monomial], in system: EquationSystem) -> Set<Slot>? {
    var uses: [Slot: Int] = [:]
    for signal in system.signals {
      signal.polynomial.forEachPolynomial {
        for term in $0.terms {
          for slot in Set(term.monomial.linearSlots) { uses[slot, default: 0] += 1 }
        }
      }
    }
    for term in terms { for slot in Set(term.linearSlots) { uses[slot, default: 0] -= 1 } }

    var open = terms
    var chosen: Set<Slot> = []
    while !open.isEmpty {
      let candidates = Set(open.flatMap(\.linearSlots))
      let best = candidates.min {
        func rank(_ slot: Slot) -> (Int, Int, String) {
          (uses[slot] ?? 0, -open.count(where: { $0.linearSlots.contains(slot) }), slot.key)
        }
        return rank($0) < rank($1)
      }
      guard let best else { return nil }
      chosen.insert(best)
      open.removeAll { $0.linearSlots.contains(best) }
    }
    return chosen
  }
}
