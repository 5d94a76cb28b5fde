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
    guard let fused, !batch.x.shape.contains(0) else { return try stepwiseForward(batch) }
    try check(batch)
    return fused.forward(batch)
  }

  /// Backpropagation through time, fused where it can be.
  public func backward(
    _ trace: SequenceTrace<Scalar>, upstream: Upstream<Scalar>, truncation: Truncation?
  ) throws(CellError) -> Gradients<Scalar> {
    guard let fused, !trace.x.shape.contains(0) else {
      return try stepwiseBackward(trace, upstream: upstream, truncation: truncation)
    }
    try check(trace, upstream)
    return fused.backward(trace, upstream: upstream, truncation: truncation)
  }

  /// The fused passes; nil where the cell has none, or changes of single columns.
  package var fused: FusedPasses<Scalar>? {
    guard let gates = Self.fusedGates, lastChangedElement == nil else { return nil }
    return FusedPasses(gates: gates, parameters: parameters)
  }
}

/// The fused passes of a cell, over batches and traces that were checked and have no extent of 0.
package struct FusedPasses<Scalar: CellScalar>: Sendable {
  let gates: FusedGates
  let parameters: CellParameters<Scalar>

  /// All signals of all steps.
  package func forward(_ batch: SequenceBatch<Scalar>) -> SequenceTrace<Scalar> {
    Scalar.kernels.forwardPass(gates, parameters, batch)
  }

  /// The gradients of everything.
  package func backward(
    _ trace: SequenceTrace<Scalar>, upstream: Upstream<Scalar>, truncation: Truncation? = nil
  ) -> Gradients<Scalar> {
    Scalar.kernels.backwardPass(gates, parameters, trace, upstream, truncation)
  }
}
