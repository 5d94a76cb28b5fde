import RealModule

/// The element types of a cell: Float and Double.
///
/// The requirements are the loops of a step over whole batches. They are here so that a cell that is
/// generic over its scalar still runs loops compiled for Float or Double: one dynamic call an operation,
/// none an element.
public protocol CellScalar: Real, BinaryFloatingPoint, Sendable {
  /// The loops of activations and fused passes.
  static var kernels: Kernels<Self> { get }

  /// C ← C + A·B.
  ///
  /// - Parameters:
  ///   - product: the operands and their extents, none of them zero.
  ///   - result: C, row-major.
  static func add(
    _ product: MatrixProduct<Self>, to result: UnsafeMutableBufferPointer<Self>)

  /// y ← y + x, element by element.
  static func add(_ x: UnsafeBufferPointer<Self>, to y: UnsafeMutableBufferPointer<Self>)

  /// y ← y − x, element by element.
  static func subtract(_ x: UnsafeBufferPointer<Self>, from y: UnsafeMutableBufferPointer<Self>)

  /// y ← y ⊙ x, element by element.
  static func scale(_ y: UnsafeMutableBufferPointer<Self>, by x: UnsafeBufferPointer<Self>)

  /// y ← a − y, element by element.
  static func subtract(_ y: UnsafeMutableBufferPointer<Self>, from a: Self)

  /// y ← max(y, 0), element by element.
  static func applyRelu(to y: UnsafeMutableBufferPointer<Self>)

  /// y ← 1 where y > 0 and 0 elsewhere.
  static func applyReluSlope(to y: UnsafeMutableBufferPointer<Self>)

  /// y ← softmax(y), row by row of a matrix of so many columns.
  static func applySoftmax(toRowsOf y: UnsafeMutableBufferPointer<Self>, columns: Int)

  /// d ← y ⊙ (d − ⟨d, y⟩), row by row of matrices of so many columns.
  static func applySoftmaxSlope(
    of y: UnsafeBufferPointer<Self>, toRowsOf d: UnsafeMutableBufferPointer<Self>, columns: Int)

  /// Adds one row to every row of a matrix of as many columns.
  static func add(row: UnsafeBufferPointer<Self>, to y: UnsafeMutableBufferPointer<Self>)

  /// Adds every row of a matrix, the first one first, to one row of as many columns.
  static func add(rowsOf y: UnsafeBufferPointer<Self>, to row: UnsafeMutableBufferPointer<Self>)

  /// Adds to W·x what changes of single entries of W, each for one batch row, make of it.
  ///
  /// - Parameters:
  ///   - changes: the changes, all within the three extents.
  ///   - x: the operand, row-major with `columns` columns.
  ///   - columns: the columns of W and of x.
  ///   - y: the product, row-major with `rows` columns.
  ///   - rows: the rows of W.
  static func add(
    _ changes: [EntryChange<Self>], times x: UnsafeBufferPointer<Self>, columns: Int,
    to y: UnsafeMutableBufferPointer<Self>, rows: Int)
}
