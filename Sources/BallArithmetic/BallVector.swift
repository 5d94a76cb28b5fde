internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

/// Balls side by side in memory, a value that is copied when it is written to while shared.
///
/// Arb's dot product reads the elements where they lie, at about a tenth of the cost of as many
/// separate `Ball`s. An index out of range or operands of different counts are a programmer's
/// mistake and trap, as they do for an array.
public struct BallVector: Sendable {
  /// The elements; written to only while `self` holds the one reference.
  private(set) var storage: BallStorage

  /// Elements that `write` fills; it is given zeros.
  init(count: Int, _ write: (UnsafeMutablePointer<Arb>) -> Void) {
    precondition(count >= 0, "a vector of \(count) elements")
    storage = BallStorage(count: count)
    storage.write(write)
  }

  /// The elements of storage that nobody writes to any more.
  init(storage: BallStorage) { self.storage = storage }

  /// The elements to write to, no longer shared.
  mutating func writeUnshared(_ body: (UnsafeMutablePointer<Arb>) -> Void) {
    if !isKnownUniquelyReferenced(&storage) { storage = BallStorage(copying: storage) }
    storage.write(body)
  }

  /// Exact zeros.
  public init(zeros count: Int) {
    self.init(count: count) { _ in }
  }

  /// Doubles, exactly; an infinity or a NaN gives a ball that is not finite.
  public init(_ values: [Double]) {
    self.init(count: values.count) { elements in
      for (index, value) in values.enumerated() { arb_set_d(elements + index, value) }
    }
  }

  /// Copies of balls.
  public init(_ balls: [Ball]) {
    self.init(count: balls.count) { elements in
      for (index, ball) in balls.enumerated() {
        ball.storage.read { arb_set(elements + index, $0) }
      }
    }
  }

  /// Copies of vectors, one after the other.
  public init(joining vectors: [BallVector]) {
    self.init(count: vectors.reduce(0) { $0 + $1.count }) { elements in
      var next = elements
      for vector in vectors {
        vector.storage.read { ones in
          for index in 0..<vector.count { arb_set(next + index, ones + index) }
        }
        next += vector.count
      }
    }
  }

  /// The number of elements.
  public var count: Int { storage.count }

  /// A copy of an element.
  public subscript(index: Int) -> Ball {
    get {
      precondition(0 <= index && index < count, "element \(index) of \(count)")
      return storage.read { elements in Ball { arb_set($0, elements + index) } }
    }
    set {
      precondition(0 <= index && index < count, "element \(index) of \(count)")
      writeUnshared { elements in
        newValue.storage.read { arb_set(elements + index, $0) }
      }
    }
  }

  /// A copy of adjacent elements; as many must be written as there are.
  public subscript(range: Range<Int>) -> BallVector {
    get {
      precondition(0 <= range.lowerBound && range.upperBound <= count, "\(range) of \(count)")
      return storage.read { elements in
        BallVector(count: range.count) { copies in
          for index in range { arb_set(copies + (index - range.lowerBound), elements + index) }
        }
      }
    }
    set {
      precondition(0 <= range.lowerBound && range.upperBound <= count, "\(range) of \(count)")
      precondition(range.count == newValue.count, "\(newValue.count) elements for \(range)")
      writeUnshared { elements in
        newValue.storage.read { copies in
          for index in range { arb_set(elements + index, copies + (index - range.lowerBound)) }
        }
      }
    }
  }
}
