import BallArithmetic
import RecurrentCells
import Tensors
import Training

/// A batch of outputs with its targets, and its loss in ball arithmetic by the definition alone.
struct LossProblem<Scalar: CellScalar> {
  let loss: SequenceLoss
  let outputs: Tensor<Scalar>
  let targets: Tensor<Scalar>
  let lengths: [Int]

  /// The rows of outputs that count, each with its target's row: written out anew.
  var predictions: [(output: Range<Int>, target: Range<Int>)] {
    let (rows, batch, units) = (outputs.shape[0], outputs.shape[1], outputs.shape[2])
    func row(_ step: Int, _ element: Int) -> Range<Int> {
      let start = (step * batch + element) * units
      return start..<start + units
    }
    var found: [(output: Range<Int>, target: Range<Int>)] = []
    for element in 0..<batch {
      switch loss.steps {
      case .every:
        for step in 0..<rows where step < lengths[element] {
          found.append((row(step, element), row(step, element)))
        }
      case .last:
        if lengths[element] > 0 {
          found.append((row(lengths[element] - 1, element), row(0, element)))
        }
      case .single: found.append((row(0, element), row(0, element)))
      }
    }
    return found
  }

  /// N for a mean, 1 for a sum.
  var divisor: Int { loss.reduction == .mean ? max(predictions.count, 1) : 1 }

  /// E with one output moved by a ball.
  func exactValue(moving position: Int? = nil, by change: Ball = .zero) -> Ball {
    predictions.map { output, target in
      let values = output.map { index in
        let value = Ball(Double(outputs[index]))
        return index == position ? value.plus(change) : value
      }
      return exactLoss(values, target.map { Ball(Double(targets[$0])) })
    }
    .sum().over(Ball(divisor))
  }

  /// ∂E/∂output by central differences with h = 2^−150, of which the truncation is about h².
  func exactGradient(_ position: Int) -> Ball {
    let h = Ball.one.scaled(byPowerOfTwo: -150)
    return exactValue(moving: position, by: h).minus(exactValue(moving: position, by: -h))
      .scaled(byPowerOfTwo: 149)
  }

  private func exactLoss(_ outputs: [Ball], _ targets: [Ball]) -> Ball {
    switch loss.function {
    case .crossEntropy:
      return zip(outputs, targets).filter { !$1.isZero }
        .map { -$1.times($0.log(precision: Ball.bits)) }.sum()
    case .crossEntropyOfLogits:
      // Balls have any exponent: nothing overflows, and no largest logit is taken off.
      let logarithm = outputs.map { $0.exp(precision: Ball.bits) }.sum().log(precision: Ball.bits)
      return zip(outputs, targets).map { $1.times(logarithm.minus($0)) }.sum()
    case .squaredError:
      return zip(outputs, targets).map { $0.minus($1) }.map { $0.times($0) }.sum()
    }
  }
}
