import Tensors

/// A cell whose passes also run fused: the input projections of all steps as one product a matrix, one
/// product a step for all recurrent matrices, one loop a step for everything element by element.
///
/// The step as it is written says what the cell computes. The fused passes compute the same by loops of
/// their own, and are used for every batch without changes of single columns.
public protocol FusedCell<Scalar>: StepwiseCell {
  /// How the parameters make up the gates; nil where the cell has no fused loops.
  static var fusedGates: FusedGates? { get }
}

extension FusedCell {
  /// Runs the cell over a batch, fused where it can be.
  public func forward(_ batch: SequenceBatch<Scalar>) throws(CellError) -> SequenceTrace<Scalar> {
    guard let gates = Self.fusedGates, lastChangedElement == nil, !batch.x.shape.contains(0) else {
      return try stepwiseForward(batch)
    }
    try check(batch)
    return FusedForward(gates, parameters: parameters, batch: batch).trace()
  }

  /// Backpropagation through time, fused where it can be.
  public func backward(
    _ trace: SequenceTrace<Scalar>, upstream: Upstream<Scalar>, truncation: Truncation?
  ) throws(CellError) -> Gradients<Scalar> {
    guard let gates = Self.fusedGates, !trace.x.shape.contains(0) else {
      return try stepwiseBackward(trace, upstream: upstream, truncation: truncation)
    }
    try check(trace, upstream)
    return FusedBackward(
      gates, parameters: parameters, trace: trace, upstream: upstream, truncation: truncation
    ).gradients()
  }
}
