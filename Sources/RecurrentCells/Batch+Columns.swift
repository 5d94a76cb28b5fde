extension Batch {
  /// The vectors of several batches one below the other: [h; x] of [B,H] and [B,I] is [B,H+I].
  public init(stacking batches: Batch...) {
    self.init(stacking: batches)
  }

  /// The vectors of one or more batches one below the other.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  init(stacking batches: [Batch]) {
    let rows = batches.first?.rows ?? 0
    precondition(batches.allSatisfy { $0.rows == rows }, "batches of different sizes")
    self.init(zeros: rows, batches.reduce(0) { $0 + $1.columns })
    var start = 0
    for batch in batches {
      copy(batch, fromColumn: 0, toColumn: start, count: batch.columns)
      start += batch.columns
    }
  }

  /// Some of the units of every vector: [B,M] of [B,N].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func units(_ range: Range<Int>) -> Batch {
    precondition(range.lowerBound >= 0 && range.upperBound <= columns, "\(range) of \(columns)")
    var part = Batch(zeros: rows, range.count)
    part.copy(self, fromColumn: range.lowerBound, toColumn: 0, count: range.count)
    return part
  }

  /// Copies some columns of a batch of as many rows, all of them within both.
  private mutating func copy(_ other: Batch, fromColumn: Int, toColumn: Int, count: Int) {
    let width = columns
    scalars.withUnsafeMutableBufferPointer { own in
      other.scalars.withUnsafeBufferPointer { source in
        for row in 0..<other.rows {
          let (from, to) = (row * other.columns + fromColumn, row * width + toColumn)
          for column in 0..<count { own[to + column] = source[from + column] }
        }
      }
    }
  }
}
