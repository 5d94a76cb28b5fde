internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

/// A matrix of balls over a vector that holds it row by row.
///
/// Every element of a product is one dot product. Operands of other sizes than the matrix asks for
/// are a programmer's mistake and trap.
public struct BallMatrix: Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The elements row by row: that of row i and column j at i · `columns` + j.
  public internal(set) var elements: BallVector

  /// A matrix of the elements of a vector, `rows` · `columns` of them row by row.
  public init(rows: Int, columns: Int, elements: BallVector) {
    precondition(
      rows >= 0 && columns >= 0 && rows * columns == elements.count,
      "\(elements.count) elements for \(rows) rows of \(columns)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// A matrix of exact zeros.
  public init(zeroRows rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, elements: BallVector(zeros: rows * columns))
  }

  /// A copy of an element.
  public subscript(row: Int, column: Int) -> Ball {
    get { elements[position(row, column)] }
    set { elements[position(row, column)] = newValue }
  }

  private func position(_ row: Int, _ column: Int) -> Int {
    precondition(
      0 <= row && row < rows && 0 <= column && column < columns,
      "element (\(row), \(column)) of \(rows) × \(columns)")
    return row * columns + column
  }
}
