import RecurrentCells
import Tensors

/// A batch of sequences and what a model is to answer to them.
public struct Lesson<Scalar: CellScalar>: Hashable, Sendable {
  /// The sequences and the states that they start from.
  public let batch: SequenceBatch<Scalar>
  /// The targets, of the shape that the loss asks for.
  public let targets: Tensor<Scalar>

  /// A lesson.
  public init(batch: SequenceBatch<Scalar>, targets: Tensor<Scalar>) {
    self.batch = batch
    self.targets = targets
  }
}
