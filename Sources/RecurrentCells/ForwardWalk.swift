import Tensors

/// The walk of a stepwise cell through a batch of sequences.
///
/// It is compiled for either precision: what is generic over the cell looks up every type at run time.
struct ForwardWalk<Scalar: CellScalar> {
  /// One step of the cell, from x_t and the states that it starts from.
  let step: (_ x: Batch<Scalar>, _ previous: Signals<Scalar>) -> Signals<Scalar>
  /// The outputs of the last state alone.
  let output: (_ final: Signals<Scalar>) -> Signals<Scalar>
  /// The lags of the cell.
  let lags: [Int]
  /// The signals that every step has, each with its width.
  let stepSignals: [(letter: String, units: Int)]
  /// The outputs of the last state alone, each with its width.
  let lastOutputs: [(letter: String, units: Int)]

  /// Runs the equations of a step over every step of a batch that fits the cell.
  ///
  /// A step is computed for the whole batch, the elements that ended before it included; their
  /// signals are then cleared and their states kept. A state of before the first step is the initial
  /// one, however far back.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func trace(of batch: SequenceBatch<Scalar>) -> SequenceTrace<Scalar> {
    let padding = Padding(lengths: batch.lengths, steps: batch.steps, batch: batch.batch)
    let initial = Signals(batch.initial)
    var x = batch.x
    var signals = stepSignals.map {
      Tensor<Scalar>(zeros: [batch.steps, batch.batch, $0.units])
    }
    var states = initial
    /// By step the states after it, kept where a later step goes back to them.
    var past: [Signals<Scalar>] = []

    for t in padding.steps {
      let ended = padding.elements(at: t)
      let input = Batch(batch.x, step: t).clearing(ended)
      if !ended.isEmpty { input.store(in: &x, step: t) }
      var previous = states
      for d in lags { previous.lagged[d] = t >= d ? past[t - d] : initial }
      let now = step(input, previous)
      for (place, signal) in stepSignals.enumerated() {
        now[signal.letter].clearing(ended).store(in: &signals[place], step: t)
      }
      states = states.map { letter, kept in now[letter].replacing(ended, with: kept) }
      if !lags.isEmpty { past.append(states.map { $1.clearing(ended) }) }
    }

    var named: [String: Tensor<Scalar>] = [:]
    for (signal, tensor) in zip(stepSignals, signals) { named[signal.letter] = tensor }
    let outputs = output(states)
    for signal in lastOutputs {
      var tensor = Tensor<Scalar>(zeros: [1, batch.batch, signal.units])
      outputs[signal.letter].store(in: &tensor, step: 0)
      named[signal.letter] = tensor
    }
    return SequenceTrace(
      x: x, lengths: batch.lengths, initial: batch.initial, signals: named,
      final: states.tensors)
  }
}
