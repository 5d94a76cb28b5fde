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
  /// A step is computed for the whole batch, the elements that ended before it included; their
  /// signals are then cleared and their states kept. A state of before the first step is the initial
  /// one, however far back.
  ///
  /// - Throws: what `forward` throws.
  public func stepwiseForward(
    _ batch: SequenceBatch<Scalar>
  ) throws(CellError) -> SequenceTrace<Scalar> {
    try check(batch)
    let padding = Padding(lengths: batch.lengths, steps: batch.steps, batch: batch.batch)
    var trace = SequenceTrace(
      x: batch.x, lengths: batch.lengths, initial: batch.initial,
      signals: zeroSignals(steps: batch.steps, batch: batch.batch), final: batch.initial)
    var states = Signals(batch.initial)

    for t in padding.steps {
      let ended = padding.elements(at: t)
      let input = Batch(batch.x, step: t).clearing(ended)
      if !ended.isEmpty { input.store(in: &trace.x, step: t) }
      let now = step(
        input, after: Signals(states.batches, lagged: trace.states(before: t, lags: Self.lags)))
      for letter in Self.stepSignals {
        now[letter].clearing(ended).store(in: &trace.signals, letter, step: t)
      }
      states = states.map { now[$0].replacing(ended, with: $1) }
    }
    trace.final = states.batches.mapValues(\.tensor)
    let outputs = output(of: states)
    for letter in Self.lastOutputs { outputs[letter].store(in: &trace.signals, letter, step: 0) }
    return trace
  }
}

extension StepwiseCell {
  /// The signals that every step has.
  static var stepSignals: [String] { signals.filter { outputs[$0] != .last } }

  /// The outputs of the last state alone.
  static var lastOutputs: [String] { signals.filter { outputs[$0] == .last } }

  /// Zeros for every signal.
  func zeroSignals(steps: Int, batch: Int) -> [String: Tensor<Scalar>] {
    Dictionary(
      uniqueKeysWithValues: Self.signals.map {
        ($0, Tensor(zeros: signalShape($0, steps: steps, batch: batch).extents))
      })
  }
}

extension SequenceTrace {
  /// By d and letter, the states at t−d.
  func states(before step: Int, lags: [Int]) -> [Int: [String: Batch<Scalar>]] {
    lags.reduce(into: [:]) { lagged, d in
      lagged[d] = Dictionary(
        uniqueKeysWithValues: initial.map { letter, initial in
          guard step >= d, let signal = signals[letter] else { return (letter, Batch(initial)) }
          return (letter, Batch(signal, step: step - d))
        })
    }
  }
}

extension Batch {
  /// Writes the vectors into one step of a signal.
  func store(in signals: inout [String: Tensor<Scalar>], _ letter: String, step: Int) {
    guard let index = signals.index(forKey: letter) else { return }
    store(in: &signals.values[index], step: step)
  }
}
