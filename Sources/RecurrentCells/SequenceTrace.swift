import Tensors

/// What a stepwise cell keeps of a forward pass.
public struct SequenceTrace<Scalar: CellScalar>: SequencedTrace {
  /// The inputs [T,B,I], zero in the padding.
  public internal(set) var x: Tensor<Scalar>
  /// How many steps of each batch element are its own; nil where all T are.
  public let lengths: [Int]?
  /// The states before the first step, each [B,H].
  public let initial: [String: Tensor<Scalar>]
  /// Every signal by the document's letter, each [T,B,H]; zero in the padding.
  ///
  /// An output has O units for H, and one of the last state a single step, [1,B,O].
  public internal(set) var signals: [String: Tensor<Scalar>]
  /// Every state after its sequence's own last step, each [B,H].
  public internal(set) var final: [String: Tensor<Scalar>]

  /// The inputs, their lengths and the initial states.
  public var batch: SequenceBatch<Scalar> {
    SequenceBatch(x: x, lengths: lengths, initial: initial)
  }
}
