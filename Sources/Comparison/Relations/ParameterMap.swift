import Equations

/// How the parameters of B follow from those of A: sums of slots that are equal.
package struct ParameterMap: Hashable, Sendable {
  /// `Σ b = Σ a`; an empty sum is zero.
  package struct Relation: Hashable, Sendable {
    package let b: [SignedSlot]
    package let a: [SignedSlot]

    package init(b: [SignedSlot], a: [SignedSlot]) {
      self.b = b
      self.a = a
    }

    /// Whether it fixes parameters of one side at zero.
    var isFixed: Bool { a.isEmpty || b.isEmpty }
    /// Whether one side is a sum.
    var isSum: Bool { a.count > 1 || b.count > 1 }
    /// Whether it copies one slot, whatever the sign.
    var isCopy: Bool { a.count == 1 && b.count == 1 }
    /// Whether it copies one slot with the opposite sign.
    var isNegation: Bool {
      isCopy && a[0].isNegative != b[0].isNegative
    }

    /// The same with A and B exchanged, a single slot of B positive.
    var mirrored: Relation {
      guard a.count == 1, a[0].isNegative else { return Relation(b: a, a: b) }
      return Relation(b: a.map(\.negated), a: b.map(\.negated))
    }

    /// `B.W_z = -A.U_i`, `B.b = A.b_1 + A.b_2`, `A.b = 0`.
    var text: String {
      func side(_ slots: [SignedSlot], _ letter: String) -> String {
        slots.enumerated().map { index, slot in
          let sign =
            index == 0 ? (slot.isNegative ? "-" : "") : (slot.isNegative ? " - " : " + ")
          return "\(sign)\(letter).\(slot.slot.name)"
        }.joined()
      }
      if b.isEmpty { return "\(side(a, "A")) = 0" }
      if a.isEmpty { return "\(side(b, "B")) = 0" }
      return "\(side(b, "B")) = \(side(a, "A"))"
    }
  }

  package var relations: [Relation]

  /// The same with A and B exchanged.
  var mirrored: ParameterMap { ParameterMap(relations: relations.map(\.mirrored)) }

  package init(relations: [Relation]) { self.relations = relations }

  /// The map that a binding of two merged systems says.
  init(
    _ binding: Binding, negated: Set<Slot>, fixed: (a: Set<Slot>, b: Set<Slot>), a: MergedSystem,
    b: MergedSystem
  ) {
    relations = []
    for (left, right) in binding.image.sorted(by: { $0.key.key < $1.key.key }) {
      let target = b.group(of: right)
      let source = a.group(of: left).map { negated.contains(left) ? $0.negated : $0 }
      if source.count == target.count {
        for (one, other) in zip(target, source) {
          let sign = one.isNegative ? other.negated : other
          relations.append(Relation(b: [SignedSlot(one.slot)], a: [sign]))
        }
      } else if target.count == 1, target[0].isNegative {
        relations.append(Relation(b: target.map(\.negated), a: source.map(\.negated)))
      } else {
        relations.append(Relation(b: target, a: source))
      }
    }
    for slot in fixed.a.sorted(by: { $0.key < $1.key }) {
      relations.append(Relation(b: [], a: a.group(of: slot)))
    }
    for slot in fixed.b.sorted(by: { $0.key < $1.key }) {
      relations.append(Relation(b: b.group(of: slot), a: []))
    }
  }
}
