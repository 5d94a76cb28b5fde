/// What arrives at the states of earlier steps while a backward pass walks back.
struct ArrivingGradients<Scalar: CellScalar> {
  /// What arrives at the states of the step that is next on the way back.
  ///
  /// First that of the final states, which an element keeps until its own last step.
  private var next: Signals<Scalar>
  /// Where nothing goes further back.
  private let truncation: Truncation?
  /// What arrives by longer ways, by the step and the state; before the first step at −1.
  private var byStep: [Int: [String: Batch<Scalar>]] = [:]

  /// The gradients of the final states, each [B,H].
  init(final: Signals<Scalar>, truncation: Truncation?) {
    next = final
    self.truncation = truncation
  }

  /// Adds what comes back to a signal of one step from later ones, which only states have.
  func sum(at letter: String, step: Int, to own: consuming Batch<Scalar>) -> Batch<Scalar> {
    own.adding(next.find(letter)).adding(byStep[step]?[letter])
  }

  /// Adds what a step passes back to the states that it started from.
  ///
  /// - Parameters:
  ///   - found: the gradients with respect to the states at t−1 and to those of every lag.
  ///   - step: t.
  ///   - ended: the elements to which the step does not belong.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  mutating func step(back found: Signals<Scalar>, from step: Int, ended: [Int]) {
    byStep[step] = nil
    next = next.map { letter, kept in
      let previous = found.find(letter) ?? Batch(zeros: kept.rows, kept.columns)
      return cut(previous, from: step, to: step - 1).replacing(ended, with: kept)
    }
    for (d, states) in found.lagged.sorted(by: { $0.key < $1.key }) {
      for (letter, gradient) in states.batches {
        let own = cut(gradient, from: step, to: step - d).clearing(ended)
        let sum = byStep[max(step - d, -1)]?[letter].map { $0 + own }
        byStep[max(step - d, -1), default: [:]][letter] = sum ?? own
      }
    }
  }

  private func cut(_ gradient: Batch<Scalar>, from step: Int, to earlier: Int) -> Batch<Scalar> {
    guard let truncation else { return gradient }
    return gradient.clearing(
      truncation.elements(cutFrom: step, to: earlier, batch: gradient.rows))
  }

  /// What has arrived at the initial states.
  var atStart: Signals<Scalar> {
    next.map { letter, batch in byStep[-1]?[letter].map { batch + $0 } ?? batch }
  }
}
