// Asking OpenBLAS for a product takes as long as a hundred multiplications in a row.
extension MatrixProduct where Scalar: BinaryFloatingPoint {
  /// Whether the product is computed here before OpenBLAS has begun.
  var isTiny: Bool {
    a.columns < Self.fewTerms && a.rows * a.columns * b.columns <= Self.fewMultiplications
  }

  /// So few that OpenBLAS, too, adds them up one by one, from the first on.
  private static var fewTerms: Int { 8 }
  private static var fewMultiplications: Int { 128 }

  /// C ← C + A·B, by the sum of each element.
  func add(to result: UnsafeMutableBufferPointer<Scalar>) {
    let (row, term) = a.strides
    let (ownTerm, column) = b.strides
    for i in 0..<a.rows {
      for j in 0..<b.columns {
        var sum = Scalar.zero
        for k in 0..<a.columns {
          sum += a.scalars[i * row + k * term] * b.scalars[k * ownTerm + j * column]
        }
        result[i * b.columns + j] += sum
      }
    }
  }
}

extension MatrixProduct.Operand {
  /// How far apart the elements of two neighbouring rows and of two neighbouring columns are stored.
  fileprivate var strides: (row: Int, column: Int) {
    transposed ? (1, leadingDimension) : (leadingDimension, 1)
  }
}
