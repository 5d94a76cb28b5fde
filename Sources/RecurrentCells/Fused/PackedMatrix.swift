/// A packed right factor of products.
struct PackedMatrix<Scalar: CellScalar>: ~Copyable {
  private let numbers: Scratch<Scalar>
  let depth: Int
  let columns: Int

  /// A matrix [depth, columns], given with its strides along both.
  init(
    _ matrix: UnsafePointer<Scalar>, depth: Int, columns: Int, depthStride: Int, columnStride: Int
  ) {
    self.depth = depth
    self.columns = columns
    numbers = Scratch(count: Scalar.kernels.packedCount(depth: depth, columns: columns))
    Scalar.kernels.pack(depth, columns, matrix, depthStride, columnStride, numbers.base)
  }

  /// A row-major matrix.
  init(_ matrix: UnsafePointer<Scalar>, depth: Int, columns: Int) {
    self.init(matrix, depth: depth, columns: columns, depthStride: columns, columnStride: 1)
  }

  /// The transpose of a row-major matrix [columns, depth].
  init(transposing matrix: UnsafePointer<Scalar>, depth: Int, columns: Int) {
    self.init(matrix, depth: depth, columns: columns, depthStride: 1, columnStride: depth)
  }

  /// Writes A·B with every row on top of another, with A row-major and the rows of C so far apart.
  func writeProduct(
    _ a: UnsafePointer<Scalar>, rows: Int, onto row: UnsafePointer<Scalar>,
    to c: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    Scalar.kernels.multiply(rows, columns, depth, a, depth, 1, numbers.base, nil, row, c, stride)
  }

  /// Adds A·B to C, with A row-major and the rows of C so far apart.
  func addProduct(
    _ a: UnsafePointer<Scalar>, rows: Int, to c: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    Scalar.kernels.multiply(rows, columns, depth, a, depth, 1, numbers.base, nil, nil, c, stride)
  }

  /// Adds Aᵀ·B to C, with A row-major [depth, rows] and C [rows, columns].
  func addProduct(
    transposing a: UnsafePointer<Scalar>, rows: Int, to c: UnsafeMutablePointer<Scalar>
  ) {
    Scalar.kernels.multiply(rows, columns, depth, a, 1, rows, numbers.base, nil, nil, c, columns)
  }

  /// Adds A·B to C, or to a number for each row; given A with its strides and C with that of its rows.
  func addProduct(
    _ a: UnsafePointer<Scalar>, rows: Int, rowStride: Int, depthStride: Int,
    rowStarts: UnsafePointer<Scalar>? = nil, to c: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    Scalar.kernels.multiply(
      rows, columns, depth, a, rowStride, depthStride, numbers.base, rowStarts, nil, c,
      stride)
  }
}

/// Packed right factors of one shape.
struct PackedMatrices<Scalar: CellScalar>: ~Copyable {
  private let numbers: Scratch<Scalar>
  private let size: Int
  let depth: Int
  let columns: Int

  /// Row-major matrices one below the other.
  init(_ matrices: UnsafePointer<Scalar>, count: Int, depth: Int, columns: Int) {
    self.depth = depth
    self.columns = columns
    size = Scalar.kernels.packedCount(depth: depth, columns: columns)
    numbers = Scratch(count: count * size)
    for place in 0..<count {
      Scalar.kernels.pack(
        depth, columns, matrices + place * depth * columns, columns, 1, numbers.base + place * size)
    }
  }

  /// Adds A·B to C, with B one of the matrices and A and C row-major.
  func addProduct(
    _ a: UnsafePointer<Scalar>, rows: Int, with place: Int, to c: UnsafeMutablePointer<Scalar>
  ) {
    Scalar.kernels.multiply(
      rows, columns, depth, a, depth, 1, numbers.base + place * size, nil, nil, c, columns)
  }
}

/// Adds the product of two row-major square matrices to a third, by the fused loops.
package func addProduct<Scalar: CellScalar>(
  _ a: [Scalar], _ b: [Scalar], size: Int, to c: inout [Scalar]
) {
  precondition(a.count == size * size && b.count == a.count && c.count == a.count)
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      c.withUnsafeMutableBufferPointer { c in
        guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
        PackedMatrix(b, depth: size, columns: size).addProduct(a, rows: size, to: c, stride: size)
      }
    }
  }
}
