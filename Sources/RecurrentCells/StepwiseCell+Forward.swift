import Tensors

extension StepwiseCell {
  /// Runs the equations of a step over every step of a batch of sequences.
  ///
  /// A step is computed for the whole batch, the elements that ended before it included; their
  /// signals are then cleared and their states kept.
  public func forward(
    _ batch: SequenceBatch<Scalar>
  ) throws(CellError) -> SequenceTrace<Scalar> {
    try check(batch)
    let padding = Padding(lengths: batch.lengths, steps: batch.steps, batch: batch.batch)
    let shape = [batch.steps, batch.batch, parameters.hiddenSize]
    var signals = Self.signals.map { _ in Tensor<Scalar>(zeros: shape) }
    var x = batch.x
    var states = Signals(batch.initial)

    for t in padding.steps {
      let ended = padding.elements(at: t)
      let input = Batch(batch.x, step: t).clearing(ended)
      if !ended.isEmpty { input.store(in: &x, step: t) }
      let now = step(input, after: states)
      for (index, letter) in Self.signals.enumerated() {
        now[letter].clearing(ended).store(in: &signals[index], step: t)
      }
      states = states.map { now[$0].replacing(ended, with: $1) }
    }
    return SequenceTrace(
      x: x, lengths: batch.lengths, initial: batch.initial,
      signals: Dictionary(uniqueKeysWithValues: zip(Self.signals, signals)),
      final: states.batches.mapValues(\.tensor))
  }
}
