import Tensors

extension StepwiseCell {
  /// Runs the cell over a batch of sequences, step by step.
  public func forward(
    _ batch: SequenceBatch<Scalar>
  ) throws(CellError) -> SequenceTrace<Scalar> {
    try stepwiseForward(batch)
  }

  /// Runs the equations of a step over every step of a batch of sequences.
  ///
  /// - Throws: what `forward` throws.
  public func stepwiseForward(
    _ batch: SequenceBatch<Scalar>
  ) throws(CellError) -> SequenceTrace<Scalar> {
    try check(batch)
    let (declaration, sizes) = (Self.declaration, sizes)
    func units(_ letter: String) -> (letter: String, units: Int) {
      (letter, declaration.outputs[letter] == nil ? sizes.hiddenSize : sizes.outputSize)
    }
    return ForwardWalk(
      step: { step($0, after: $1) }, output: output(of:), lags: Self.lags,
      stepSignals: declaration.stepSignals.map(units),
      lastOutputs: declaration.lastOutputs.map(units)
    ).trace(of: batch)
  }
}
