import Equations

/// Says in words where two corresponding equations differ.
struct Differences {
  typealias Difference = FormulationComparison.Difference

  private let similarity: Similarity
  /// The gates of A that stand for one minus the printed ones.
  private let complemented: Set<Symbol>
  private var left: Skeletons
  private var right: Skeletons
  private var found: [Difference] = []
  /// Terms that have less than this in common do not stand for each other.
  private static let leastLikeness = 1.0 / 3

  /// - Parameter a: A with its complemented gates replaced.
  init(
    _ a: EquationSystem, _ b: EquationSystem, map: SignalMap, complemented: Set<Symbol>
  ) {
    similarity = Similarity(a: a, b: b, map: map)
    self.complemented = complemented
    left = Skeletons(a: a, map: map)
    right = Skeletons(b: b)
  }

  /// What differs between two right-hand sides, parameters aside.
  static func between(
    _ p: Polynomial, _ q: Polynomial, _ a: EquationSystem, _ b: EquationSystem, map: SignalMap,
    complemented: Set<Symbol>
  ) -> [Difference] {
    var differences = Differences(a, b, map: map, complemented: complemented)
    differences.compare(p, q)
    return differences.found
  }

  private mutating func add(_ kind: Difference.Kind, _ text: String) {
    let difference = Difference(kind: kind, text: text)
    if !found.contains(difference) { found.append(difference) }
  }

  // MARK: Sums

  private mutating func compare(_ p: Polynomial, _ q: Polynomial) {
    if left.skeleton(p) == right.skeleton(q) { return }
    var (restA, restB) = (p.terms, q.terms)
    for pair in similarity.pairs(p, q) where pair.dice >= Self.leastLikeness {
      let (s, t) = (p.terms[pair.a], q.terms[pair.b])
      compare(s, t)
      restA.removeAll { $0 == s }
      restB.removeAll { $0 == t }
    }
    takeWiderMatrix(&restA, &restB)
    for term in restA { lacking(text(term), term, in: "B", has: "A") }
    for term in restB { lacking(otherText(term), term, in: "A", has: "B") }
  }

  /// Finds a matrix that one side applies to terms that the other adds as they are.
  private mutating func takeWiderMatrix(
    _ restA: inout [Polynomial.Term], _ restB: inout [Polynomial.Term]
  ) {
    var (wideA, wideB) = ([(String, String)](), [(String, String)]())
    for s in restA {
      for t in restB {
        if let (slot, inner) = s.matrixAndOperand,
          left.skeleton(inner) == right.skeleton(t.monomial)
        {
          wideA.append((slot.name, otherText(t)))
        } else if let (slot, inner) = t.matrixAndOperand,
          right.skeleton(inner) == left.skeleton(s.monomial)
        {
          wideB.append((slot.name, text(s)))
        } else {
          continue
        }
        restA.removeAll { $0 == s }
        restB.removeAll { $0 == t }
        break
      }
    }
    for (wide, side, other) in [(wideA, "A", "B"), (wideB, "B", "A")] {
      guard let slot = wide.first?.0 else { continue }
      let terms = wide.map(\.1).joined(separator: " and ")
      add(
        .candidate,
        "\(slot) of \(side) is applied to \(terms), which \(other) adds outside of it")
    }
  }

  private mutating func lacking(
    _ text: String, _ term: Polynomial.Term, in lacking: String, has: String
  ) {
    let isBias =
      if case .vector? = term.monomial.factors.first { term.monomial.factors.count == 1 } else {
        false
      }
    let verb = term.coefficient < 0 ? "subtracts" : "adds"
    add(
      isBias ? .bias : .term,
      isBias
        ? "\(has) has the bias \(text), \(lacking) none there"
        : "\(has) \(verb) \(text), \(lacking) does not")
  }

  // MARK: Terms

  private mutating func compare(_ s: Polynomial.Term, _ t: Polynomial.Term) {
    if s.coefficient.magnitude != t.coefficient.magnitude {
      add(
        .coefficient,
        "\(text(s)) has the factor \(s.coefficient) in A, \(t.coefficient) in B")
    } else if !s.agreesInSize(with: t) {
      add(.sign, "\(text(s)) is \(s.added) in A and its counterpart \(t.added) in B")
    }
    compare(s.monomial, t.monomial)
  }

  private mutating func compare(_ p: Monomial, _ q: Monomial) {
    if left.skeleton(p) == right.skeleton(q) { return }
    if Self.flat(p, &left) == Self.flat(q, &right) {
      add(.placement, "\(text(p)) in A, \(otherText(q)) in B")
      return
    }
    var (restA, restB) = (Array(p.factors.indices), Array(q.factors.indices))
    for pair in similarity.pairs(p, q) {
      compare(p.factors[pair.a], q.factors[pair.b])
      restA.removeAll { $0 == pair.a }
      restB.removeAll { $0 == pair.b }
    }
    let (lackingB, lackingA) = (
      restA.map { text(Monomial([p.factors[$0]])) }.joined(separator: " ⊙ "),
      restB.map { otherText(Monomial([q.factors[$0]])) }.joined(separator: " ⊙ ")
    )
    switch (restA.isEmpty, restB.isEmpty) {
    case (true, true): break
    case (false, false): add(.factor, "\(lackingB) in A stands for \(lackingA) in B")
    case (false, true): add(.factor, "A multiplies by \(lackingB) in \(text(p)), B does not")
    case (true, false): add(.factor, "B multiplies by \(lackingA) in \(otherText(q)), A does not")
    }
  }

  private mutating func compare(_ f: Factor, _ g: Factor) {
    switch (f, g) {
    case (.signal(_, let time), .signal(_, let other)) where time != other:
      add(.time, "\(text(Monomial([f]))) in A, \(otherText(Monomial([g]))) in B")
    case (.product(_, let isTransposed, let p), .product(_, let other, let q)):
      if isTransposed != other {
        add(
          .transposition,
          "\(text(Monomial([f]))) in A, \(otherText(Monomial([g]))) in B: one matrix is the"
            + " other transposed")
      }
      compare(p, q)
    case (.apply(let function, let p), .apply(let other, let q)):
      if function != other {
        add(.activation, "\(function.word) in A, \(other.word) in B")
      }
      compare(p, q)
    case (.group(let p), .group(let q)): compare(p, q)
    case (.inner(let p, let p2), .inner(let q, let q2)):
      compare(p, q)
      compare(p2, q2)
    default: break
    }
  }

  /// What a product is made of, regardless of what stands behind which matrix.
  private static func flat(_ monomial: Monomial, _ skeletons: inout Skeletons) -> [String] {
    var parts: [String] = []
    for factor in monomial.factors {
      if case .product(let slot, let isTransposed, let inner) = factor {
        parts.append(
          skeletons.skeleton(Factor.product(slot, isTransposed: isTransposed, .one)))
        parts += flat(inner, &skeletons)
      } else {
        parts.append(skeletons.skeleton(factor))
      }
    }
    return parts.sorted()
  }

  // MARK: Texts

  private func text(_ term: Polynomial.Term) -> String { text(term.monomial) }
  private func otherText(_ term: Polynomial.Term) -> String { otherText(term.monomial) }
  private func text(_ monomial: Monomial) -> String {
    Expression(monomial, complemented: complemented).text
  }
  private func otherText(_ monomial: Monomial) -> String {
    Expression(monomial, complemented: []).text
  }
}

extension Polynomial.Term {
  fileprivate var added: String { coefficient < 0 ? "subtracted" : "added" }
}
