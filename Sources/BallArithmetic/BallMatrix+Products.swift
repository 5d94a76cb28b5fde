internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

extension BallMatrix {
  /// W x, or b + W x: b_i + Σ_j W_ij x_j.
  ///
  /// - Parameters:
  ///   - vector: x, of `columns` elements.
  ///   - initial: b, of `rows` elements; nil is 0.
  /// - Returns: `rows` elements.
  public func product(
    _ vector: BallVector, addedTo initial: BallVector? = nil, precision: Ball.Precision
  ) -> BallVector {
    precondition(vector.count == columns, "\(rows) × \(columns) with \(vector.count)")
    let columnMatrix = BallMatrix(rows: columns, columns: 1, elements: vector)
    return dots(
      ofLines: rows, from: columns, by: 1, with: columnMatrix, addedTo: initial,
      precision: precision)
  }

  /// Wᵀ x, or b + Wᵀ x: b_j + Σ_i W_ij x_i.
  ///
  /// - Parameters:
  ///   - vector: x, of `rows` elements.
  ///   - initial: b, of `columns` elements; nil is 0.
  /// - Returns: `columns` elements.
  public func transposedProduct(
    _ vector: BallVector, addedTo initial: BallVector? = nil, precision: Ball.Precision
  ) -> BallVector {
    precondition(vector.count == rows, "\(rows) × \(columns) transposed with \(vector.count)")
    let columnMatrix = BallMatrix(rows: rows, columns: 1, elements: vector)
    return dots(
      ofLines: columns, from: 1, by: columns, with: columnMatrix, addedTo: initial,
      precision: precision)
  }

  /// b ← b ± W x, or b ± Wᵀ x, in place: every element one dot product that starts at its own b_i.
  ///
  /// - Parameters:
  ///   - vector: x.
  ///   - isTransposed: whether Wᵀ is taken.
  ///   - isNegative: whether the product is subtracted.
  ///   - sum: b, of as many elements as the product has.
  public func addProduct(
    _ vector: BallVector, isTransposed: Bool = false, isNegative: Bool = false,
    to sum: inout BallVector, precision: Ball.Precision
  ) {
    let (lines, length) = isTransposed ? (columns, rows) : (rows, columns)
    let (lineStride, stride) = isTransposed ? (1, columns) : (columns, 1)
    precondition(
      vector.count == length && sum.count == lines,
      "\(lines) × \(length) with \(vector.count), to \(sum.count)")
    sum.writeUnshared { sums in
      elements.storage.read { ours in
        vector.storage.read { theirs in
          for line in 0..<lines {
            arb_dot(
              sums + line, sums + line, isNegative ? 1 : 0, ours + line * lineStride, stride,
              theirs, 1, length, precision.bits)
          }
        }
      }
    }
  }

  /// Aᵀ B, or C + Aᵀ B: C_ij + Σ_k A_ki B_kj, the sum of the outer products of the rows.
  ///
  /// The gradient of a weight is one: A the gradients of what the weight gives, B what the weight
  /// is applied to, with a row for every step of every sequence.
  ///
  /// - Parameters:
  ///   - other: B, with as many rows.
  ///   - initial: C, `columns` × the columns of B; nil is 0.
  /// - Returns: `columns` × the columns of B.
  public func transposedProduct(
    _ other: BallMatrix, addedTo initial: BallMatrix? = nil, precision: Ball.Precision
  ) -> BallMatrix {
    precondition(
      rows == other.rows, "\(rows) × \(columns) transposed with \(other.rows) × \(other.columns)")
    let products = dots(
      ofLines: columns, from: 1, by: columns, with: other, addedTo: initial?.elements,
      precision: precision)
    return BallMatrix(rows: columns, columns: other.columns, elements: products)
  }

  /// Every line of this matrix (a row, or a column) with every column of another: the elements of
  /// the result row by row.
  ///
  /// - Parameters:
  ///   - lines: how many lines there are.
  ///   - lineStride: the distance between the first elements of neighbouring lines.
  ///   - stride: the distance between neighbouring elements of a line.
  ///   - other: a matrix of as many rows as a line has elements.
  ///   - initial: what to add to, an element for each of the result's; nil is 0.
  private func dots(
    ofLines lines: Int, from lineStride: Int, by stride: Int, with other: BallMatrix,
    addedTo initial: BallVector?, precision: Ball.Precision
  ) -> BallVector {
    let count = lines * other.columns
    let initial = initial ?? BallVector(zeros: count)
    precondition(initial.count == count, "\(initial.count) elements for \(count)")
    return initial.storage.read { initial in
      elements.storage.read { ours in
        other.elements.storage.read { theirs in
          BallVector(count: count) { results in
            for index in 0..<count {
              let (line, column) = index.quotientAndRemainder(dividingBy: other.columns)
              arb_dot(
                results + index, initial + index, 0, ours + line * lineStride, stride,
                theirs + column, other.columns, other.rows, precision.bits)
            }
          }
        }
      }
    }
  }

  /// W_ij ← W_ij + u_i v_j, in place.
  ///
  /// - Parameters:
  ///   - left: u, of `rows` elements.
  ///   - right: v, of `columns` elements.
  public mutating func addOuterProduct(
    _ left: BallVector, _ right: BallVector, precision: Ball.Precision
  ) {
    precondition(
      left.count == rows && right.count == columns,
      "\(left.count) × \(right.count) for \(rows) × \(columns)")
    let (rows, columns) = (rows, columns)
    elements.writeUnshared { sums in
      left.storage.read { lefts in
        right.storage.read { rights in
          for row in 0..<rows {
            for column in 0..<columns {
              arb_addmul(
                sums + (row * columns + column), lefts + row, rights + column, precision.bits)
            }
          }
        }
      }
    }
  }
}
