// The loops of Float and Double, written once. The compiler makes one copy for each where the
// conformances are declared, in this module.

extension CellScalar {
  /// y ← y + x.
  public static func add(_ x: UnsafeBufferPointer<Self>, to y: UnsafeMutableBufferPointer<Self>) {
    for k in y.indices { y[k] += x[k] }
  }

  /// y ← y − x.
  public static func subtract(
    _ x: UnsafeBufferPointer<Self>, from y: UnsafeMutableBufferPointer<Self>
  ) {
    for k in y.indices { y[k] -= x[k] }
  }

  /// y ← y ⊙ x.
  public static func scale(
    _ y: UnsafeMutableBufferPointer<Self>, by x: UnsafeBufferPointer<Self>
  ) {
    for k in y.indices { y[k] *= x[k] }
  }

  /// y ← a − y.
  public static func subtract(_ y: UnsafeMutableBufferPointer<Self>, from a: Self) {
    for k in y.indices { y[k] = a - y[k] }
  }

  /// y ← max(y, 0), and NaN where y is.
  public static func applyRelu(to y: UnsafeMutableBufferPointer<Self>) {
    for k in y.indices { y[k] = y[k] <= 0 ? 0 : y[k] }
  }

  /// y ← 1 where y > 0, 0 where y ≤ 0, and NaN where y is.
  public static func applyReluSlope(to y: UnsafeMutableBufferPointer<Self>) {
    for k in y.indices { y[k] = y[k] > 0 ? 1 : y[k] <= 0 ? 0 : y[k] }
  }

  /// y ← softmax(y), row by row.
  public static func applySoftmax(toRowsOf y: UnsafeMutableBufferPointer<Self>, columns: Int) {
    for start in stride(from: 0, to: y.count, by: max(columns, 1)) {
      var (largest, sum) = (y[start], Self.zero)
      for k in start..<start + columns where y[k] > largest { largest = y[k] }
      for k in start..<start + columns {
        y[k] = exp(y[k] - largest)
        sum += y[k]
      }
      for k in start..<start + columns { y[k] /= sum }
    }
  }

  /// d ← y ⊙ (d − ⟨d, y⟩), row by row.
  public static func applySoftmaxSlope(
    of y: UnsafeBufferPointer<Self>, toRowsOf d: UnsafeMutableBufferPointer<Self>, columns: Int
  ) {
    for start in stride(from: 0, to: y.count, by: max(columns, 1)) {
      var dot = Self.zero
      for k in start..<start + columns { dot += d[k] * y[k] }
      for k in start..<start + columns { d[k] = y[k] * (d[k] - dot) }
    }
  }

  /// Adds one row to every row of y.
  public static func add(
    row: UnsafeBufferPointer<Self>, to y: UnsafeMutableBufferPointer<Self>
  ) {
    for start in stride(from: 0, to: y.count, by: max(row.count, 1)) {
      for column in row.indices { y[start + column] += row[column] }
    }
  }

  /// Adds every row of y to one row.
  public static func add(
    rowsOf y: UnsafeBufferPointer<Self>, to row: UnsafeMutableBufferPointer<Self>
  ) {
    for start in stride(from: 0, to: y.count, by: max(row.count, 1)) {
      for column in row.indices { row[column] += y[start + column] }
    }
  }

  /// Adds δ x_c to unit r of each changed element.
  public static func add(
    _ changes: [EntryChange<Self>], times x: UnsafeBufferPointer<Self>, columns: Int,
    to y: UnsafeMutableBufferPointer<Self>, rows: Int
  ) {
    for change in changes {
      y[change.element * rows + change.row] +=
        change.delta * x[change.element * columns + change.column]
    }
  }
}
