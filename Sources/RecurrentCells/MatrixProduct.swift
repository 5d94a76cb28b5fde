/// The product of two row-major matrices, each as it is stored or transposed.
public struct MatrixProduct<Scalar> {
  /// One factor.
  public struct Operand {
    /// The elements as they are stored, row-major.
    public let scalars: UnsafeBufferPointer<Scalar>
    /// The rows of the factor, after transposing.
    public let rows: Int
    /// The columns of the factor, after transposing.
    public let columns: Int
    /// Whether the factor is the transpose of what is stored.
    public let transposed: Bool

    /// A factor stored as `rows` by `columns`.
    public init(_ scalars: UnsafeBufferPointer<Scalar>, rows: Int, columns: Int) {
      self.scalars = scalars
      self.rows = rows
      self.columns = columns
      self.transposed = false
    }

    /// The transpose of a matrix stored as `rows` by `columns`.
    public init(transposing scalars: UnsafeBufferPointer<Scalar>, rows: Int, columns: Int) {
      self.scalars = scalars
      self.rows = columns
      self.columns = rows
      self.transposed = true
    }

    /// The columns of the matrix as it is stored.
    public var leadingDimension: Int { transposed ? rows : columns }
  }

  /// The left factor.
  public let a: Operand
  /// The right factor, with as many rows as the left one has columns.
  public let b: Operand

  /// A product of two factors that fit.
  public init(_ a: Operand, _ b: Operand) {
    self.a = a
    self.b = b
  }
}
