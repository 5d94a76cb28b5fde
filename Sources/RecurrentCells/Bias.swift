import Tensors

/// A vector parameter that is added, with changes of single entries where there are any.
public struct Bias<Scalar: CellScalar>: Sendable {
  /// The document's name.
  public let name: String
  /// The vector [N].
  public let vector: Tensor<Scalar>
  /// What single batch elements see changed.
  public let changes: [EntryChange<Scalar>]

  /// A vector parameter of which all changes lie within the vector.
  init(name: String, vector: Tensor<Scalar>, changes: [EntryChange<Scalar>]) {
    self.name = name
    self.vector = vector
    self.changes = changes
  }
}

extension Batch {
  /// The sum of every vector and the bias: [B,N] and [N].
  ///
  /// No change of the bias may name an element beyond the batch.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func + (a: consuming Batch, bias: Bias<Scalar>) -> Batch {
    precondition(bias.vector.count == a.columns, "\(bias.name) does not fit \(a.columns) units")
    a.scalars.withUnsafeMutableBufferPointer { own in
      bias.vector.withUnsafeScalars { Scalar.add(row: $0, to: own) }
    }
    for change in bias.changes {
      a.scalars[change.element * a.columns + change.row] += change.delta
    }
    return a
  }
}
