import BallArithmetic

extension BallMatrix {
  /// The identity.
  public init(identity size: Int) {
    self.init(zeroRows: size, columns: size)
    for unit in 0..<size { self[unit, unit] = .one }
  }

  /// diag v.
  public init(diagonal: BallVector) {
    self.init(zeroRows: diagonal.count, columns: diagonal.count)
    for unit in 0..<diagonal.count { self[unit, unit] = diagonal[unit] }
  }

  /// Some of the rows.
  func rows(_ range: Range<Int>) -> BallMatrix {
    BallMatrix(
      rows: range.count, columns: columns,
      elements: elements[(range.lowerBound * columns)..<(range.upperBound * columns)])
  }

  /// Some of the columns.
  func columns(_ range: Range<Int>) -> BallMatrix {
    BallMatrix(
      rows: rows, columns: range.count,
      elements: BallVector((0..<rows).flatMap { row in range.map { self[row, $0] } }))
  }

  /// Aᵀ.
  public var transposed: BallMatrix {
    BallMatrix(
      rows: columns, columns: rows,
      elements: BallVector(
        (0..<columns).flatMap { column in (0..<rows).map { self[$0, column] } }))
  }

  /// A B.
  public func product(_ other: BallMatrix, precision: Ball.Precision) -> BallMatrix {
    transposed.transposedProduct(other, precision: precision)
  }
}
