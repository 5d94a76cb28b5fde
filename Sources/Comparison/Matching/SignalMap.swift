import Equations

/// Which signal of B each signal of A is taken for.
package struct SignalMap: Hashable, Sendable {
  package private(set) var image: [Symbol: Symbol] = [:]
  private(set) var preimage: [Symbol: Symbol] = [:]
  /// The signals of A that have none.
  private(set) var unmatched: Set<Symbol> = []

  package init() {}

  package mutating func match(_ a: Symbol, with b: Symbol) {
    image[a] = b
    preimage[b] = a
  }

  mutating func leaveUnmatched(_ a: Symbol) { unmatched.insert(a) }

  mutating func undo(_ a: Symbol) {
    unmatched.remove(a)
    if let b = image.removeValue(forKey: a) { preimage.removeValue(forKey: b) }
  }

  /// The same with A and B exchanged.
  ///
  /// - Parameter signals: the signals of B, of which those that are not matched are left unmatched.
  func mirrored(leaving signals: [Symbol]) -> SignalMap {
    var mirrored = SignalMap()
    for (a, b) in image { mirrored.match(b, with: a) }
    for b in signals where preimage[b] == nil { mirrored.leaveUnmatched(b) }
    return mirrored
  }
}
