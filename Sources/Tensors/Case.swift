/// What a subject is asked to compute: parameters, a batch of sequences and upstream gradients.
public struct Case<Scalar: BinaryFloatingPoint & Sendable>: Hashable, Sendable {
  /// The parameters by name.
  public var parameters: [String: Tensor<Scalar>]
  /// The inputs, their lengths and the initial states.
  public var batch: SequenceBatch<Scalar>
  /// The upstream gradients.
  public var upstream: Upstream<Scalar>

  /// A case.
  @inlinable
  public init(
    parameters: [String: Tensor<Scalar>], batch: SequenceBatch<Scalar>, upstream: Upstream<Scalar>
  ) {
    self.parameters = parameters
    self.batch = batch
    self.upstream = upstream
  }

  /// The same case with every number converted.
  @inlinable
  public func converted<Other>(to other: Other.Type = Other.self) -> Case<Other> {
    Case<Other>(
      parameters: parameters.mapValues { $0.converted() },
      batch: SequenceBatch(
        x: batch.x.converted(), lengths: batch.lengths,
        initial: batch.initial.mapValues { $0.converted() }),
      upstream: Upstream(
        sequence: upstream.sequence.mapValues { $0.converted() },
        final: upstream.final.mapValues { $0.converted() }))
  }
}
