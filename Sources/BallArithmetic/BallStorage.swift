internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

/// A ball as Arb lays it out: a midpoint and a radius.
typealias Arb = arb_struct

/// Contiguous balls that Arb reads and writes, cleared with their last reference.
///
/// Sendable by discipline: `Ball` writes to its storage before anyone else sees it, and
/// `BallVector` only while it holds the one reference.
final class BallStorage: @unchecked Sendable {
  let count: Int
  private let elements: UnsafeMutablePointer<Arb>

  /// Zeros.
  init(count: Int) {
    self.count = count
    elements = .allocate(capacity: count)
    for index in 0..<count { arb_init(elements + index) }
  }

  /// A copy of other storage.
  convenience init(copying other: BallStorage) {
    self.init(count: other.count)
    for index in 0..<count { arb_set(elements + index, other.elements + index) }
  }

  deinit {
    for index in 0..<count { arb_clear(elements + index) }
    elements.deallocate()
  }

  /// The elements as operands, alive until `body` returns.
  func read<Result>(_ body: (UnsafePointer<Arb>) -> Result) -> Result {
    withExtendedLifetime(self) { body(elements) }
  }

  /// The elements as results, alive until `body` returns.
  func write(_ body: (UnsafeMutablePointer<Arb>) -> Void) {
    withExtendedLifetime(self) { body(elements) }
  }
}
