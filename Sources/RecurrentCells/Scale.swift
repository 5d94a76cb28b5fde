import Tensors

/// A vector parameter that scales every unit, with changes of single entries where there are any.
public struct Scale<Scalar: CellScalar>: Sendable {
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

  /// The vector as each of so many batch elements sees it, [B,N].
  ///
  /// No change may name an element beyond the batch.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func repeated(_ rows: Int) -> Batch<Scalar> {
    Batch(zeros: rows, vector.count) + Bias(name: name, vector: vector, changes: changes)
  }
}
