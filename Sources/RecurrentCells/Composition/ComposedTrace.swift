import Tensors

/// What a composed cell keeps of a forward pass.
public struct ComposedTrace<Part: SequencedTrace>: SequencedTrace {
  /// The inputs, their lengths and the initial states of all parts.
  public let batch: SequenceBatch<Part.Scalar>
  /// Every signal of every part, aligned to the steps of the inputs.
  public internal(set) var signals: [String: Tensor<Part.Scalar>]
  /// Every state of every part after the last step that it computed, each [B,H].
  public internal(set) var final: [String: Tensor<Part.Scalar>]
  /// What the parts themselves left, each in the steps that it ran through.
  let parts: [Part]
}
