import Tensors

extension StepwiseCell {
  /// Backpropagation through time, step by step.
  ///
  /// - Throws: `CellError` when an upstream gradient names no signal or state or has the wrong shape,
  ///   when the trace does not fit, or when the cell's parameters have changes.
  public func backward(
    _ trace: SequenceTrace<Scalar>, upstream: Upstream<Scalar>, truncation: Truncation?
  ) throws(CellError) -> Gradients<Scalar> {
    try stepwiseBackward(trace, upstream: upstream, truncation: truncation)
  }

  /// Walks the steps back from the last one, adding up the gradients of the parameters.
  ///
  /// - Throws: `CellError` when an upstream gradient names no signal or state or has the wrong shape,
  ///   when the trace does not fit, or when the cell's parameters have changes.
  public func stepwiseBackward(
    _ trace: SequenceTrace<Scalar>, upstream: Upstream<Scalar>, truncation: Truncation?
  ) throws(CellError) -> Gradients<Scalar> {
    try check(trace, upstream)
    let (steps, batch) = (trace.x.shape[0], trace.x.shape[1])
    let padding = Padding(lengths: trace.lengths, steps: steps, batch: batch)
    var parameterGradients = ParameterGradients(zerosOf: parameters, except: Self.constants)
    var signalGradients = zeroSignals(steps: steps, batch: batch)
    var xGradient = Tensor<Scalar>(zeros: trace.x.shape)
    let outputs = outputBack(trace.outputs(of: Self.self, upstream), adding: &parameterGradients)
    for letter in Self.lastOutputs {
      outputs.signals[letter].store(in: &signalGradients, letter, step: 0)
    }
    var arriving = ArrivingGradients(
      final: Signals(trace.initial).map { letter, initial in
        let zeros = Batch<Scalar>(zeros: initial.rows, initial.columns)
        return [upstream.final[letter].map { Batch($0) }, outputs.final.batches[letter]]
          .compactMap { $0 }.reduce(zeros, +)
      },
      truncation: truncation)

    for t in padding.steps.reversed() {
      let ended = padding.elements(at: t)
      let now = trace.signals(Self.stepSignals, at: t)
      let found = stepBack(
        BackwardStep(
          x: Batch(trace.x, step: t),
          previous: trace.states(before: t, lags: Self.lags).map { $1.clearing(ended) },
          now: now,
          upstream: now.map { letter, signal in
            arriving.sum(
              at: letter, step: t, own: upstream.sequence[letter].map { Batch($0, step: t) },
              zeros: Batch(zeros: signal.rows, signal.columns)
            ).clearing(ended)
          }),
        adding: &parameterGradients)
      for letter in Self.stepSignals {
        found.signals[letter].clearing(ended).store(in: &signalGradients, letter, step: t)
      }
      found.x.clearing(ended).store(in: &xGradient, step: t)
      arriving.step(back: found.previous, from: t, ended: ended)
    }
    return Gradients(
      parameters: parameterGradients.tensors, x: xGradient,
      initial: arriving.atStart.batches.mapValues(\.tensor), signals: signalGradients)
  }
}

extension SequenceTrace {
  /// Some signals of one step.
  fileprivate func signals(_ letters: [String], at step: Int) -> Signals<Scalar> {
    Signals(
      signals.filter { letters.contains($0.key) }.mapValues { Batch($0, step: step) })
  }

  /// The states that one step started from.
  fileprivate func states(before step: Int, lags: [Int]) -> Signals<Scalar> {
    Signals(
      states(before: step, lags: [1])[1] ?? [:], lagged: states(before: step, lags: lags))
  }

  /// The outputs of the last state and their upstream gradients.
  fileprivate func outputs<Cell: StepwiseCell>(
    of cell: Cell.Type, _ upstream: Upstream<Scalar>
  ) -> BackwardOutput<Scalar> where Cell.Scalar == Scalar {
    let now = Signals(
      signals.filter { Cell.lastOutputs.contains($0.key) }.mapValues { Batch($0, step: 0) })
    return BackwardOutput(
      final: Signals(final), now: now,
      upstream: now.map { letter, output in
        upstream.sequence[letter].map { Batch($0, step: 0) }
          ?? Batch(zeros: output.rows, output.columns)
      })
  }
}
