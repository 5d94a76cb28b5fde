/// The precedence of ⊙ in the documents: below matrix × vector, above sums.
precedencegroup ElementwisePrecedence {
  associativity: left
  lowerThan: MultiplicationPrecedence
  higherThan: AdditionPrecedence
}

/// The element-wise product.
infix operator ⊙ : ElementwisePrecedence

// The left operand is consumed, so that a temporary is overwritten instead of copied.
extension Batch {
  /// The sum, element by element; both [B,N].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func + (a: consuming Batch, b: Batch) -> Batch {
    a.update(with: b) { Scalar.add($1, to: $0) }
    return a
  }

  /// The difference, element by element; both [B,N].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func - (a: consuming Batch, b: Batch) -> Batch {
    a.update(with: b) { Scalar.subtract($1, from: $0) }
    return a
  }

  /// The product, element by element; both [B,N].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func ⊙ (a: consuming Batch, b: Batch) -> Batch {
    a.update(with: b) { Scalar.scale($0, by: $1) }
    return a
  }

  /// A number minus every element: `1 - z`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func - (a: Scalar, b: consuming Batch) -> Batch {
    b.scalars.withUnsafeMutableBufferPointer { Scalar.subtract($0, from: a) }
    return b
  }

  /// The sum with another one, if there is one.
  consuming func adding(_ other: Batch?) -> Batch {
    guard let other else { return self }
    return self + other
  }

  private mutating func update(
    with other: Batch,
    _ body: (UnsafeMutableBufferPointer<Scalar>, UnsafeBufferPointer<Scalar>) -> Void
  ) {
    precondition(
      rows == other.rows && columns == other.columns,
      "[\(rows),\(columns)] and [\(other.rows),\(other.columns)] do not go together")
    scalars.withUnsafeMutableBufferPointer { own in
      other.scalars.withUnsafeBufferPointer { body(own, $0) }
    }
  }
}
