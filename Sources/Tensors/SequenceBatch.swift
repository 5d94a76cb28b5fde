/// A batch of input sequences and the states before their first step.
public struct SequenceBatch<Scalar: BinaryFloatingPoint & Sendable>: Hashable, Sendable {
  /// The inputs [T,B,I].
  public var x: Tensor<Scalar>
  /// How many steps of each batch element are its own; nil where all T are.
  ///
  /// The rest is padding.
  public var lengths: [Int]?
  /// The states before the first step, by the document's letter, each [B,H].
  public var initial: [String: Tensor<Scalar>]

  /// A batch of sequences.
  ///
  /// - Parameters:
  ///   - x: the inputs [T,B,I].
  ///   - lengths: one per batch element, each 0…T; nil where every sequence has T steps.
  ///   - initial: every state of the formulation, [B,H] each.
  @inlinable
  public init(
    x: Tensor<Scalar>, lengths: [Int]? = nil, initial: [String: Tensor<Scalar>]
  ) {
    self.x = x
    self.lengths = lengths
    self.initial = initial
  }

  /// T, the number of steps.
  public var steps: Int { x.shape[0] }
  /// B, the number of sequences.
  public var batch: Int { x.shape[1] }
  /// I, the number of input features.
  public var inputSize: Int { x.shape[2] }

  /// The number of steps of one batch element.
  public func length(of element: Int) -> Int { lengths?[element] ?? steps }
}
