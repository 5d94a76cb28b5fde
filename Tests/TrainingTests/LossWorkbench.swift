import Foundation
import RecurrentCells
import Tensors
import Testing
import Training

/// What an implementation of a loss gives.
struct FoundLoss<Scalar: CellScalar> {
  var value: Scalar
  var upstream: Tensor<Scalar>
}

extension LossProblem {
  /// The product's own answer.
  func evaluated() throws -> FoundLoss<Scalar> {
    let found = try loss.evaluate(outputs, targets: targets, lengths: lengths)
    return FoundLoss(value: found.value, upstream: found.upstream)
  }

  /// The worst error of an answer in bounds; at most 1 where it is right.
  ///
  /// The truncation of the differences is allowed for by 2^−200.
  func worstRatio(of found: FoundLoss<Scalar>) -> Double {
    func ratio(_ distance: Double, _ bound: Double) -> Double { distance / (bound + 0x1p-200) }
    let value = ratio(exactValue().distance(to: Double(found.value)), valueBound)
    let gradients = outputs.scalars.indices.map { position in
      ratio(
        exactGradient(position).distance(to: Double(found.upstream[position])),
        gradientBound(position))
    }
    return max(value, gradients.max() ?? 0)
  }
}

/// One kind of loss, over one kind of numbers.
struct LossCase: Sendable, CustomTestStringConvertible {
  let function: LossFunction
  let steps: LossSteps
  let reduction: LossReduction
  /// How far logits reach; of the other functions, how far from 1 ÷ O the outputs are.
  let magnitude: Double

  var testDescription: String { "\(function) \(steps) \(reduction) \(magnitude)" }

  static let all: [LossCase] = LossFunction.allCases.flatMap { function in
    [LossSteps.every, .last, .single].flatMap { steps in
      [LossReduction.sum, .mean].flatMap { reduction in
        [1.0, 30, 600].map {
          LossCase(function: function, steps: steps, reduction: reduction, magnitude: $0)
        }
      }
    }
  }

  /// A ragged batch: one element of every length from 0 to T, garbage in the padding.
  func problem<Scalar: CellScalar>(_ scalar: Scalar.Type, seed: UInt64) -> LossProblem<Scalar> {
    let (longest, units) = (3, 4)
    let lengths = [3, 0, 1, 2]
    let rows = steps == .single ? 1 : longest
    var numbers = Numbers(seed: seed)
    let logits: Tensor<Scalar> = numbers.tensor(
      [rows, lengths.count, units], magnitude: magnitude)
    var outputs = function == .crossEntropy ? Self.softmax(logits) : logits
    if steps != .single {
      for step in 0..<rows {
        for element in lengths.indices where step >= lengths[element] {
          for unit in 0..<units { outputs[step, element, unit] = .nan }
        }
      }
    }
    var targets = Tensor<Scalar>(zeros: [steps == .every ? rows : 1, lengths.count, units])
    for row in 0..<targets.count / units {
      if row.isMultiple(of: 2) {
        targets[row * units + row / 2 % units] = 1
      } else {
        for unit in 0..<units {
          let share: Scalar = numbers.next(0.5)
          targets[row * units + unit] = share.magnitude
        }
      }
    }
    return LossProblem(
      loss: SequenceLoss(function, of: steps, reduction: reduction), outputs: outputs,
      targets: targets, lengths: lengths)
  }

  /// Outputs of a softmax, kept from rounding to zero.
  private static func softmax<Scalar: CellScalar>(_ logits: Tensor<Scalar>) -> Tensor<Scalar> {
    let units = logits.shape[2]
    return Tensor(shape: logits.shape) { position in
      let row = logits.scalars[position / units * units..<(position / units + 1) * units]
      let largest = row.max() ?? 0
      let sum = row.reduce(Scalar.zero) { $0 + Scalar.exp($1 - largest) }
      return max(Scalar.exp(logits[position] - largest) / sum, Scalar(0x1p-100))
    }
  }
}
