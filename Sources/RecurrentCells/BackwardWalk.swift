import Tensors

/// The walk of a stepwise cell back through a batch of sequences.
///
/// It is compiled for either precision: what is generic over the cell looks up every type at run time.
struct BackwardWalk<Scalar: CellScalar> {
  /// One step back of the cell.
  let stepBack: (BackwardStep<Scalar>, inout ParameterGradients<Scalar>) -> StepGradients<Scalar>
  /// The way back through the outputs of the last state.
  let outputBack:
    (BackwardOutput<Scalar>, inout ParameterGradients<Scalar>) -> OutputGradients<Scalar>
  /// The lags of the cell.
  let lags: [Int]
  /// The signals that every step has.
  let stepSignals: [String]
  /// The outputs of the last state alone.
  let lastOutputs: [String]

  /// Walks the steps back from the last one, adding up the gradients of the parameters.
  ///
  /// - Parameters:
  ///   - trace: what the cell computed.
  ///   - upstream: gradients that fit it.
  ///   - truncation: where the walk is cut; nil for the whole sequence.
  ///   - sums: zeros.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func gradients(
    of trace: SequenceTrace<Scalar>, upstream: Upstream<Scalar>, truncation: Truncation?,
    sums: ParameterGradients<Scalar>
  ) -> Gradients<Scalar> {
    let padding = Padding(
      lengths: trace.lengths, steps: trace.x.shape[0], batch: trace.x.shape[1])
    let initial = Signals(trace.initial)
    var sums = sums
    var x = Tensor<Scalar>(zeros: trace.x.shape)
    var signals: [String: Tensor<Scalar>] = [:]
    let outputs = outputBack(output(of: trace, upstream), &sums)
    for letter in lastOutputs {
      guard let traced = trace.signals[letter] else { continue }
      var tensor = Tensor<Scalar>(zeros: traced.shape)
      outputs.signals[letter].store(in: &tensor, step: 0)
      signals[letter] = tensor
    }
    var arriving = ArrivingGradients(
      final: initial.map { letter, initial in
        Batch<Scalar>(zeros: initial.rows, initial.columns)
          .adding(upstream.final[letter].map { Batch($0) }).adding(outputs.final.find(letter))
      },
      truncation: truncation)

    let traced = stepSignals.compactMap { letter in
      trace.signals[letter].map { (letter: letter, tensor: $0) }
    }
    let own = traced.map { upstream.sequence[$0.letter] }
    var found = traced.map { Tensor<Scalar>(zeros: $0.tensor.shape) }
    for t in padding.steps.reversed() {
      let ended = padding.elements(at: t)
      let step = BackwardStep(
        x: Batch(trace.x, step: t), previous: states(of: trace, before: t, initial, ended),
        now: Signals(entries: traced.map { ($0.letter, Batch($0.tensor, step: t)) }),
        upstream: Signals(
          entries: zip(traced, own).map { signal, own in
            let zeros = Batch<Scalar>(zeros: signal.tensor.shape[1], signal.tensor.shape[2])
            let sum = arriving.sum(
              at: signal.letter, step: t, to: zeros.adding(own.map { Batch($0, step: t) }))
            return (signal.letter, sum.clearing(ended))
          }))
      let gradients = stepBack(step, &sums)
      for place in traced.indices {
        gradients.signals[traced[place].letter].clearing(ended).store(in: &found[place], step: t)
      }
      gradients.x.clearing(ended).store(in: &x, step: t)
      arriving.step(back: gradients.previous, from: t, ended: ended)
    }
    for (signal, tensor) in zip(traced, found) { signals[signal.letter] = tensor }
    return Gradients(
      parameters: sums.tensors, x: x, initial: arriving.atStart.tensors, signals: signals)
  }

  /// The states that one step started from, zero for the elements that ended before it.
  private func states(
    of trace: SequenceTrace<Scalar>, before step: Int, _ initial: Signals<Scalar>, _ ended: [Int]
  ) -> Signals<Scalar> {
    func states(_ d: Int) -> Signals<Scalar> {
      initial.map { letter, initial in
        guard step >= d, let signal = trace.signals[letter] else { return initial.clearing(ended) }
        return Batch(signal, step: step - d).clearing(ended)
      }
    }
    var previous = states(1)
    for d in lags { previous.lagged[d] = states(d) }
    return previous
  }

  /// The outputs of the last state and their upstream gradients.
  private func output(
    of trace: SequenceTrace<Scalar>, _ upstream: Upstream<Scalar>
  ) -> BackwardOutput<Scalar> {
    let now = Signals(
      entries: lastOutputs.compactMap { letter in
        trace.signals[letter].map { (letter, Batch($0, step: 0)) }
      })
    return BackwardOutput(
      final: Signals(trace.final), now: now,
      upstream: now.map { letter, output in
        upstream.sequence[letter].map { Batch($0, step: 0) }
          ?? Batch(zeros: output.rows, output.columns)
      })
  }
}
