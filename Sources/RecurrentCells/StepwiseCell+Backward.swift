import Tensors

extension StepwiseCell {
  /// Walks the steps back from the last one, adding up the gradients of the parameters.
  ///
  /// Upstream gradients are accepted on every signal, gates and candidates too, and on every final
  /// state. The trace must be this cell's own: one of another cell of the same signals and sizes
  /// cannot be told apart. A cell with changed parameters has no way back: its columns differ in their
  /// parameters, and so no gradient of the one set exists.
  ///
  /// - Throws: `CellError` when an upstream gradient names no signal or state or has the wrong shape,
  ///   when the trace does not fit, or when the cell's parameters have changes.
  public func backward(
    _ trace: SequenceTrace<Scalar>, upstream: Upstream<Scalar>
  ) throws(CellError) -> Gradients<Scalar> {
    try check(trace, upstream)
    let (steps, batch) = (trace.x.shape[0], trace.x.shape[1])
    let padding = Padding(lengths: trace.lengths, steps: steps, batch: batch)
    let zeros = Batch<Scalar>(zeros: batch, parameters.hiddenSize)
    let shape = [steps, batch, parameters.hiddenSize]
    var parameterGradients = ParameterGradients(zerosOf: parameters)
    var signalGradients = Self.signals.map { _ in Tensor<Scalar>(zeros: shape) }
    var xGradient = Tensor<Scalar>(zeros: trace.x.shape)
    // What arrives at the states from later: first from the final states, at each element's last step.
    var later = Signals(trace.initial).map { letter, _ in
      upstream.final[letter].map { Batch($0) } ?? zeros
    }

    for t in padding.steps.reversed() {
      let ended = padding.elements(at: t)
      let arriving = Dictionary(
        uniqueKeysWithValues: Self.signals.map { letter in
          let own = upstream.sequence[letter].map { Batch($0, step: t) }
          let sum = [own, later.batches[letter]].compactMap { $0 }.reduce(zeros, +)
          return (letter, sum.clearing(ended))
        })
      let found = stepBack(
        BackwardStep(
          x: Batch(trace.x, step: t), previous: trace.states(before: t).map { $1.clearing(ended) },
          now: trace.signals(at: t), upstream: Signals(arriving)),
        adding: &parameterGradients)
      for (index, letter) in Self.signals.enumerated() {
        found.signals[letter].clearing(ended).store(in: &signalGradients[index], step: t)
      }
      found.x.clearing(ended).store(in: &xGradient, step: t)
      later = later.map { found.previous[$0].replacing(ended, with: $1) }
    }
    return Gradients(
      parameters: parameterGradients.tensors, x: xGradient,
      initial: later.batches.mapValues(\.tensor),
      signals: Dictionary(uniqueKeysWithValues: zip(Self.signals, signalGradients)))
  }
}

extension SequenceTrace {
  /// Every signal of one step.
  fileprivate func signals(at step: Int) -> Signals<Scalar> {
    Signals(signals.mapValues { Batch($0, step: step) })
  }

  /// The states that one step started from.
  fileprivate func states(before step: Int) -> Signals<Scalar> {
    Signals(initial).map { letter, initial in
      guard step > 0, let signal = signals[letter] else { return initial }
      return Batch(signal, step: step - 1)
    }
  }
}
