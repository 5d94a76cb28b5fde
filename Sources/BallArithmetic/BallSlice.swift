internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

/// Evenly spaced elements of a vector, to be read where they lie: a row or a column of a matrix, one
/// unit of every step of a sequence.
public struct BallSlice: Sendable {
  private let storage: BallStorage
  private let offset: Int
  private let stride: Int
  /// The number of elements.
  public let count: Int

  fileprivate init(_ storage: BallStorage, offset: Int, stride: Int, count: Int) {
    precondition(count >= 0, "a slice of \(count) elements")
    if count > 0 {
      let (distance, isLong) = (count - 1).multipliedReportingOverflow(by: stride)
      let (last, isFar) = offset.addingReportingOverflow(distance)
      precondition(
        !isLong && !isFar && 0 <= min(offset, last) && max(offset, last) < storage.count,
        "\(count) elements from \(offset) by \(stride) of \(storage.count)")
    }
    self.storage = storage
    self.offset = count > 0 ? offset : 0
    self.stride = stride
    self.count = count
  }

  /// The first element, the distance between neighbours and their number, while `body` runs.
  func read(_ body: (_ first: UnsafePointer<Arb>, _ stride: Int, _ count: Int) -> Void) {
    storage.read { body($0 + offset, stride, count) }
  }

  /// Σ_i a_i b_i, or s + Σ_i a_i b_i, summed exactly enough to be rounded as a whole.
  ///
  /// Traps where the counts differ.
  ///
  /// - Parameters:
  ///   - other: as many elements.
  ///   - initial: s; nil is 0.
  public func dot(
    _ other: BallSlice, addedTo initial: Ball? = nil, precision: Ball.Precision
  ) -> Ball {
    precondition(count == other.count, "\(count) elements with \(other.count)")
    return (initial ?? .zero).storage.read { initial in
      storage.read { ones in
        other.storage.read { others in
          Ball {
            arb_dot(
              $0, initial, 0, ones + offset, stride, others + other.offset, other.stride, count,
              precision.bits)
          }
        }
      }
    }
  }
}

extension BallVector {
  /// The elements at `offset`, `offset + stride`, …, `count` of them, without a copy.
  ///
  /// The stride may be negative or zero. Traps where an element is outside the vector.
  public func slice(from offset: Int = 0, by stride: Int = 1, count: Int) -> BallSlice {
    BallSlice(storage, offset: offset, stride: stride, count: count)
  }

  /// Σ_i a_i b_i, or s + Σ_i a_i b_i, summed exactly enough to be rounded as a whole.
  ///
  /// Traps where the counts differ.
  ///
  /// - Parameters:
  ///   - other: as many elements.
  ///   - initial: s; nil is 0.
  public func dot(
    _ other: BallVector, addedTo initial: Ball? = nil, precision: Ball.Precision
  ) -> Ball {
    slice(count: count).dot(
      other.slice(count: other.count), addedTo: initial, precision: precision)
  }

  /// Σ_i a_i.
  public func sum(precision: Ball.Precision) -> Ball {
    let ones = BallVector([Ball.one]).slice(by: 0, count: count)
    return slice(count: count).dot(ones, precision: precision)
  }
}
