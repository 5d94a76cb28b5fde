import Equations

/// The parameters that stand in the same places of equations that are not all equal.
struct PartialBinding {
  private var binding = Binding()

  private struct Vote {
    let a: Slot
    let b: Slot
    var weight: Double
  }
  private var votes: [Vote] = []
  /// The weight of a vote between terms of which one stands behind a matrix that the other has not.
  private static let behindMatrix = 0.1
  private let similarity: Similarity
  private let a: MergedSystem
  private let b: MergedSystem

  /// Binds what equal equations say first, then what the most alike terms of the others suggest.
  init(_ a: MergedSystem, _ b: MergedSystem, map: SignalMap) {
    self.a = a
    self.b = b
    similarity = Similarity(a: a.system, b: b.system, map: map)
    let pairs = a.system.signals.compactMap { s in
      map.image[s.symbol].flatMap { b.system[$0] }.map { (s.polynomial, $0.polynomial) }
    }
    var unifier = Unifier(a.system, b.system, map: map)
    for (p, q) in pairs {
      if let found = unifier.unify([(p, q)], from: binding) {
        binding = found
      } else {
        compare(p, q)
      }
    }
    votes.sort {
      let same = ($0.a.symbol == $0.b.symbol ? 0 : 1, $1.a.symbol == $1.b.symbol ? 0 : 1)
      return ($1.weight, same.0, $0.a.key, $0.b.key) < ($0.weight, same.1, $1.a.key, $1.b.key)
    }
    for vote in votes { _ = binding.bind(vote.a, to: vote.b) }
  }

  private mutating func compare(_ p: Polynomial, _ q: Polynomial) {
    let pairs = similarity.pairs(p, q)
    for pair in pairs {
      compare(p.terms[pair.a].monomial, q.terms[pair.b].monomial, pair.dice)
    }
    // What one side adds, the other may add behind a matrix more.
    for i in p.terms.indices where !pairs.contains(where: { $0.a == i }) {
      for j in q.terms.indices where !pairs.contains(where: { $0.b == j }) {
        if let (_, inner) = q.terms[j].matrixAndOperand {
          compare(p.terms[i].monomial, inner, Self.behindMatrix)
        }
        if let (_, inner) = p.terms[i].matrixAndOperand {
          compare(inner, q.terms[j].monomial, Self.behindMatrix)
        }
      }
    }
  }

  private mutating func compare(_ p: Monomial, _ q: Monomial, _ dice: Double) {
    for pair in similarity.pairs(p, q) {
      switch (p.factors[pair.a], q.factors[pair.b]) {
      case (.vector(let s), .vector(let u)): vote(s, u, dice)
      case (.product(let s, _, let inner), .product(let u, _, let other)):
        vote(s, u, dice)
        compare(inner, other, dice)
      case (.apply(_, let inner), .apply(_, let other)), (.group(let inner), .group(let other)):
        compare(inner, other)
      default: break
      }
    }
  }

  private mutating func vote(_ a: Slot, _ b: Slot, _ weight: Double) {
    if let known = votes.firstIndex(where: { $0.a == a && $0.b == b }) {
      votes[known].weight += weight
    } else {
      votes.append(Vote(a: a, b: b, weight: weight))
    }
  }

  /// The map of the parameters that are bound.
  var parameters: ParameterMap {
    ParameterMap(binding, negated: binding.negated() ?? [], fixed: ([], []), a: a, b: b)
  }
}
