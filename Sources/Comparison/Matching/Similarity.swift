import Equations

/// How much of two equations is the same, signals taken for each other and parameters anonymous.
///
/// Every symbol, function and term that has its equal counts one; sums and products are compared as
/// multisets, the most alike parts paired first. Two equations have their whole size in common exactly
/// where they are equal but for which parameter stands where.
struct Similarity {
  private let shapesA: [Slot: SlotShape]
  private let shapesB: [Slot: SlotShape]
  private let inputs: (a: Symbol, b: Symbol)
  private let fitting: [Symbol: Set<Symbol>]
  /// Signals that are not decided yet count as whatever they could be, which gives an upper bound.
  var map: SignalMap

  private static let otherTime = 0.5
  private static let otherFunction = 0.25
  private static let otherTransposition = 0.75

  init(a: EquationSystem, b: EquationSystem, map: SignalMap = SignalMap()) {
    shapesA = a.shapes
    shapesB = b.shapes
    inputs = (a.input, b.input)
    fitting = Dictionary(
      a.signals.map { s in (s.symbol, Set(b.signals.filter { s.fits($0) }.map(\.symbol))) },
      uniquingKeysWith: { first, _ in first })
    self.map = map
  }

  func value(_ p: Polynomial, _ q: Polynomial) -> Double {
    pairs(p, q).reduce(0) { $0 + $1.value }
  }

  /// The terms of two sums that are most alike; only such that share something.
  func pairs(_ p: Polynomial, _ q: Polynomial) -> [Pairing.Pair] {
    Pairing.pairs(
      p.terms.map(\.size), q.terms.map(\.size), value: { value(p.terms[$0], q.terms[$1]) })
  }

  /// The factors of two products that are most alike.
  func pairs(_ p: Monomial, _ q: Monomial) -> [Pairing.Pair] {
    Pairing.pairs(
      p.factors.map(\.size), q.factors.map(\.size), value: { value(p.factors[$0], q.factors[$1]) })
  }

  private func value(_ p: Polynomial.Term, _ q: Polynomial.Term) -> Double {
    let shared = value(p.monomial, q.monomial)
    guard shared > 0 || (p.monomial.factors.isEmpty && q.monomial.factors.isEmpty) else { return 0 }
    return shared + (p.agreesInSize(with: q) ? 1 : 0)
  }

  private func value(_ p: Monomial, _ q: Monomial) -> Double {
    pairs(p, q).reduce(0) { $0 + $1.value }
  }

  func value(_ f: Factor, _ g: Factor) -> Double {
    switch (f, g) {
    case (.number(let a), .number(let b)): return a == b ? 1 : 0
    case (.signal(let s, let time), .signal(let u, let other)):
      guard mayBe(s, u) else { return 0 }
      return time == other ? 1 : Self.otherTime
    case (.vector(let s), .vector(let u)): return shapesA[s] == shapesB[u] ? 1 : 0
    case (.product(let s, let isTransposed, let p), .product(let u, let other, let q)):
      guard shapesA[s] == shapesB[u] else { return 0 }
      return (isTransposed == other ? 1 : Self.otherTransposition) + value(p, q)
    case (.apply(let f, let p), .apply(let g, let q)):
      return (f == g ? 1 : Self.otherFunction) + value(p, q)
    case (.group(let p), .group(let q)): return 1 + value(p, q)
    case (.inner(let p, let p2), .inner(let q, let q2)):
      return 1 + max(value(p, q) + value(p2, q2), value(p, q2) + value(p2, q))
    default: return 0
    }
  }

  private func mayBe(_ s: Symbol, _ u: Symbol) -> Bool {
    if s == inputs.a || u == inputs.b { return s == inputs.a && u == inputs.b }
    if let image = map.image[s] { return image == u }
    return !map.unmatched.contains(s) && fitting[s]?.contains(u) == true
  }
}

extension Polynomial.Term {
  /// Whether the coefficients are equal, or could be by a sign that a parameter takes.
  func agreesInSize(with other: Polynomial.Term) -> Bool {
    coefficient == other.coefficient
      || (coefficient == -other.coefficient && monomial.hasLinearSlots
        && other.monomial.hasLinearSlots)
  }
}

/// Pairs the members of two multisets, the most alike first.
enum Pairing {
  struct Pair {
    let a: Int
    let b: Int
    /// What the two have in common.
    let value: Double
    /// The same as a part of both sizes: 1 where they are equal.
    let dice: Double
  }

  static func pairs(_ a: [Int], _ b: [Int], value: (Int, Int) -> Double) -> [Pair] {
    var all: [Pair] = []
    for i in a.indices {
      for j in b.indices {
        let value = value(i, j)
        if value > 0 {
          all.append(Pair(a: i, b: j, value: value, dice: 2 * value / Double(a[i] + b[j])))
        }
      }
    }
    all.sort {
      ($1.dice, $1.value, $0.a, $0.b) < ($0.dice, $0.value, $1.a, $1.b)
    }
    var pairs: [Pair] = []
    for pair in all where !pairs.contains(where: { $0.a == pair.a || $0.b == pair.b }) {
      pairs.append(pair)
    }
    return pairs
  }
}
