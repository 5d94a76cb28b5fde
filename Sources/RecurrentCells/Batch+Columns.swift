extension Batch {
  /// The vectors of several batches one below the other: [h; x] of [B,H] and [B,I] is [B,H+I].
  public init(stacking batches: Batch...) {
    self.init(stacking: batches)
  }

  /// The vectors of one or more batches one below the other.
  init(stacking batches: [Batch]) {
    let rows = batches.first?.rows ?? 0
    precondition(batches.allSatisfy { $0.rows == rows }, "batches of different sizes")
    self.init(zeros: rows, batches.map(\.columns).reduce(0, +))
    var start = 0
    for batch in batches {
      for row in 0..<rows {
        let target = row * columns + start
        scalars.replaceSubrange(
          target..<target + batch.columns,
          with: batch.scalars[row * batch.columns..<(row + 1) * batch.columns])
      }
      start += batch.columns
    }
  }

  /// Some of the units of every vector: [B,M] of [B,N].
  public func units(_ range: Range<Int>) -> Batch {
    precondition(range.lowerBound >= 0 && range.upperBound <= columns, "\(range) of \(columns)")
    var part = Batch(zeros: rows, range.count)
    for row in 0..<rows {
      let source = row * columns + range.lowerBound
      part.scalars.replaceSubrange(
        row * range.count..<(row + 1) * range.count,
        with: scalars[source..<source + range.count])
    }
    return part
  }
}
