import Equations

/// A way in which A could equal B, found by structure; whether it does, numbers must say.
struct Relationship: Sendable {
  /// The signals of B by those of A.
  var map: SignalMap
  /// The gates of A that are one minus their counterparts.
  var complemented: Set<Symbol>
  var parameters: ParameterMap
  /// Whether the signals are those of the outlined systems: other intermediate results are printed.
  var isOutlined: Bool

  /// Tries one map of the signals.
  ///
  /// Parameters are set to zero on one side, or, if they are biases, on both: with matrices at zero on both
  /// sides any two cells would come out equal.
  ///
  /// - Parameter complemented: the gates of A that `a` holds one minus.
  init?(
    _ a: MergedSystem, _ b: MergedSystem, map: SignalMap, complemented: Set<Symbol>,
    isOutlined: Bool
  ) {
    let pairs = map.image.sorted { $0.key.key < $1.key.key }.compactMap { left, right in
      a.system[left].flatMap { s in b.system[right].map { (s, $0) } }
    }
    // One side may have signals besides, not both.
    guard !pairs.isEmpty,
      pairs.count == a.system.signals.count || pairs.count == b.system.signals.count
    else { return nil }

    var vanishing = Vanishing(a.system, b.system, map: map)
    for (s, t) in pairs { vanishing.compare(s.polynomial, t.polynomial) }
    guard let left = Vanishing.slots(covering: vanishing.a, in: a.system),
      let right = Vanishing.slots(covering: vanishing.b, in: b.system),
      left.isEmpty || right.isEmpty
        || (left.allSatisfy { a.system.shapes[$0]?.columns == nil }
          && right.allSatisfy { b.system.shapes[$0]?.columns == nil })
    else { return nil }

    let (reducedA, reducedB) = (a.system.zeroing(left), b.system.zeroing(right))
    var unifier = Unifier(reducedA, reducedB, map: map)
    let equations = pairs.compactMap { s, t in
      reducedA[s.symbol].flatMap { p in
        reducedB[t.symbol].map { (p.polynomial, $0.polynomial) }
      }
    }
    guard let binding = unifier.unify(equations), let negated = binding.negated() else {
      return nil
    }
    self.map = map
    self.complemented = complemented
    self.parameters = ParameterMap(
      binding, negated: negated, fixed: (left, right), a: a, b: b)
    self.isOutlined = isOutlined
  }
}
