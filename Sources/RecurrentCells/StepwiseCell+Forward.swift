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
    let (stepSignals, lastOutputs) = Self.stepSignalsAndLastOutputs
    func units(_ letter: String) -> (letter: String, units: Int) {
      (letter, Self.outputs[letter] == nil ? sizes.hiddenSize : sizes.outputSize)
    }
    return ForwardWalk(
      step: { step($0, after: $1) }, output: output(of:), lags: Self.lags,
      stepSignals: stepSignals.map(units), lastOutputs: lastOutputs.map(units)
    ).trace(of: batch)
  }

  /// The signals that every step has, and the outputs of the last state alone.
  static var stepSignalsAndLastOutputs: ([String], [String]) {
    let outputs = outputs
    return (signals.filter { outputs[$0] != .last }, signals.filter { outputs[$0] == .last })
  }
}
