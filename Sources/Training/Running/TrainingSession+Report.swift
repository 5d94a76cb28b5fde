import Foundation
import RecurrentCells
import Tensors

extension TrainingSession {
  /// What a trained model answers, and how well.
  func report<Cell: ComposableCell>(
    on model: Model<Cell>, curve: [CurvePoint]
  ) throws -> TrainingReport {
    let answers = try answers(of: model, to: example.demonstrations)
    let demonstrations = zip(example.demonstrations, answers).compactMap { sample, answers in
      answers.last.map { answer in
        TrainingReport.Demonstration(
          prompt: example.text(of: sample.inputs),
          expected: example.lastAnswers(to: sample).map { example.classes[$0] },
          answer: example.classes[answer.answer], probability: answer.probability)
      }
    }
    let heldOutLoss =
      example.heldOut.isEmpty
      ? nil : Double(try model.loss(of: lesson(of: example.heldOut)))
    return TrainingReport(
      session: self, curve: curve,
      accuracy: try accuracy(of: model, on: example.training),
      heldOutAccuracy: example.heldOut.isEmpty
        ? nil : try accuracy(of: model, on: example.heldOut),
      heldOutLoss: heldOutLoss, yardsticks: Yardsticks(of: example, placement.kind),
      demonstrations: demonstrations)
  }

  /// The share of answers that are right.
  private func accuracy<Cell: ComposableCell>(
    of model: Model<Cell>, on samples: [TrainingExample.Sample]
  ) throws -> Double {
    let pairs = zip(samples, try answers(of: model, to: samples))
      .flatMap { zip($0.answers, $1.map(\.answer)) }
    return Double(pairs.count { $0 == $1 }) / Double(max(pairs.count, 1))
  }

  /// The likeliest class of each answer of each sample, with its probability.
  private func answers<Cell: ComposableCell>(
    of model: Model<Cell>, to samples: [TrainingExample.Sample]
  ) throws -> [[(answer: Int, probability: Double)]] {
    let lesson: Lesson<Cell.Scalar> = lesson(of: samples)
    let outputs = try model.outputs(for: lesson.batch)
    return samples.enumerated().map { element, sample in
      sample.answers.indices.map { index in
        let step =
          switch placement.steps {
          case .every: index
          case .last: sample.inputs.count - 1
          case .single: 0
          }
        let units = (0..<placement.units).map { Double(outputs[step, element, $0]) }
        let probabilities = placement.kind.probabilities(units)
        let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
        return (best, probabilities[best])
      }
    }
  }
}

extension LossPlacement.Kind {
  /// The probability of each class that an output stands for.
  fileprivate func probabilities(_ units: [Double]) -> [Double] {
    switch self {
    case .softmax: return units
    case .yesNo: return units.flatMap { [1 - $0, $0] }
    case .logits, .readout:
      let largest = units.max() ?? 0
      let powers = units.map { exp($0 - largest) }
      return powers.map { $0 / powers.reduce(0, +) }
    }
  }
}
