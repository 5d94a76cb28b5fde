import Tensors

extension Batch {
  /// The product with a matrix from the left of every vector: [B,M] to [B,N].
  ///
  /// - Parameters:
  ///   - matrix: [N,M], or [M,N] where it is transposed.
  ///   - transposed: whether the transpose of `matrix` is applied.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func applying(_ matrix: Tensor<Scalar>, transposed: Bool) -> Batch {
    let (stored, width) = (matrix.shape, matrix.shape[transposed ? 1 : 0])
    precondition(
      columns == stored[transposed ? 0 : 1], "\(stored) does not apply to \(columns) units")
    var result = Batch(zeros: rows, width)
    guard rows > 0 else { return result }
    result.scalars.withUnsafeMutableBufferPointer { result in
      scalars.withUnsafeBufferPointer { vectors in
        matrix.withUnsafeScalars { matrix in
          // The vectors are rows here, so that M v is vᵀ Mᵀ; added to the zeros that are there.
          if isWorthPacking, let a = vectors.baseAddress,
            let b = matrix.baseAddress, let c = result.baseAddress
          {
            let packed =
              transposed
              ? PackedMatrix(b, depth: columns, columns: width)
              : PackedMatrix(transposing: b, depth: columns, columns: width)
            return packed.addProduct(a, rows: rows, to: c, stride: width)
          }
          let factor: MatrixProduct<Scalar>.Operand =
            transposed
            ? .init(matrix, rows: stored[0], columns: stored[1])
            : .init(transposing: matrix, rows: stored[0], columns: stored[1])
          Scalar.add(
            MatrixProduct(.init(vectors, rows: rows, columns: columns), factor), to: result)
        }
      }
    }
    return result
  }

  /// Whether the vectors are so many and so long that the wider products of the fused loops, for which a matrix is
  /// packed, are faster than OpenBLAS's.
  private var isWorthPacking: Bool { rows >= 16 && columns >= 8 }

  /// Adds the outer products of this batch's vectors with another's, Σ_b d_b x_bᵀ, to a matrix.
  ///
  /// - Parameters:
  ///   - x: [B,M] beside this [B,N].
  ///   - matrix: [N,M].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func addOuterProduct(with x: Batch, to matrix: inout Tensor<Scalar>) {
    precondition(rows == x.rows && matrix.shape == [columns, x.columns])
    guard rows > 0 else { return }
    matrix.withUnsafeMutableScalars { matrix in
      scalars.withUnsafeBufferPointer { d in
        x.scalars.withUnsafeBufferPointer {
          Scalar.add(
            MatrixProduct(
              .init(transposing: d, rows: rows, columns: columns),
              .init($0, rows: rows, columns: x.columns)),
            to: matrix)
        }
      }
    }
  }
}
