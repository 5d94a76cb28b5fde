import Equations
import RecurrentCells
import Tensors

extension TrainingExample {
  /// Samples as one batch: one-hot inputs, padded to the longest, and states of zero before the first step.
  ///
  /// - Parameters:
  ///   - samples: some of the example's.
  ///   - formulation: says the states.
  ///   - placement: says what is asked for.
  ///   - sizes: I and H.
  func lesson<Scalar: CellScalar>(
    of samples: [Sample], for formulation: Formulation, _ placement: LossPlacement, _ sizes: Sizes
  ) -> Lesson<Scalar> {
    let lengths = samples.map(\.inputs.count)
    let longest = lengths.max() ?? 0
    var x = Tensor<Scalar>(zeros: [longest, samples.count, sizes.input])
    let rows = placement.steps == .every ? longest : 1
    var targets = Tensor<Scalar>(zeros: [rows, samples.count, placement.units])
    for (element, sample) in samples.enumerated() {
      for (step, symbol) in sample.inputs.enumerated() { x[step, element, symbol] = 1 }
      for (step, answer) in sample.answers.enumerated() {
        if placement.kind == .yesNo {
          targets[step, element, 0] = Scalar(answer)
        } else {
          targets[step, element, answer] = 1
        }
      }
    }
    let states = formulation.states.map { state in
      (state.name, Tensor<Scalar>(zeros: [samples.count, sizes[formulation.axis(of: state)]]))
    }
    return Lesson(
      batch: SequenceBatch(
        x: x, lengths: lengths, initial: Dictionary(uniqueKeysWithValues: states)),
      targets: targets)
  }
}
