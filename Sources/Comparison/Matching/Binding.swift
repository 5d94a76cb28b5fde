import Equations

/// Which parameter of B each parameter of A is, with the signs that this asks for.
struct Binding: Sendable {
  private(set) var image: [Slot: Slot] = [:]
  private(set) var preimage: [Slot: Slot] = [:]
  /// Sums of signs, modulo 2, over the slots of A.
  private(set) var parities: [Parity] = []

  /// An equation over signs: an odd number of these slots is negated, or an even one.
  struct Parity: Sendable {
    var slots: Set<Slot>
    var isOdd: Bool
  }

  /// Binds two slots; false where one of them is bound to another.
  mutating func bind(_ a: Slot, to b: Slot) -> Bool {
    if let known = image[a] { return known == b }
    guard preimage[b] == nil else { return false }
    image[a] = b
    preimage[b] = a
    return true
  }

  /// Demands that the signs of these slots, each as often as it stands there, make up a sign.
  mutating func require(_ slots: [Slot], isOdd: Bool) {
    let odd = slots.reduce(into: Set<Slot>()) { $0.formSymmetricDifference([$1]) }
    parities.append(Parity(slots: odd, isOdd: isOdd))
  }

  /// Whether no slot needs to be negated.
  var needsNoSign: Bool { !parities.contains(where: \.isOdd) }

  /// The slots of A that are negated; nil where the signs contradict each other.
  ///
  /// Gauss over two elements; slots that nothing decides keep their sign.
  func negated() -> Set<Slot>? {
    var rows: [(pivot: Slot, row: Parity)] = []
    for parity in parities {
      var row = parity
      for known in rows where row.slots.contains(known.pivot) {
        row.slots.formSymmetricDifference(known.row.slots)
        row.isOdd = row.isOdd != known.row.isOdd
      }
      guard let pivot = row.slots.min(by: { $0.key < $1.key }) else {
        if row.isOdd { return nil }
        continue
      }
      for index in rows.indices where rows[index].row.slots.contains(pivot) {
        rows[index].row.slots.formSymmetricDifference(row.slots)
        rows[index].row.isOdd = rows[index].row.isOdd != row.isOdd
      }
      rows.append((pivot, row))
    }
    return Set(rows.filter(\.row.isOdd).map(\.pivot))
  }
}
