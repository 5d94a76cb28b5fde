import Foundation
import RecurrentCells
import Tensors
import Training

/// How far roundings may take a right loss from the exact one: a sum over the roundings of the formulas.
///
/// First order, raised by the tenth that the project allows for the second.
extension LossProblem {
  private var u: Double { unitRoundoff(Scalar.self) }
  private var η: Double { underflow(Scalar.self) }
  private static var secondOrder: Double { 1.1 }

  /// The bound of E.
  var valueBound: Double {
    let rows = predictions.map { output, target in
      termBounds(output.map { Double(outputs[$0]) }, target.map { Double(targets[$0]) })
    }
    let terms = rows.joined()
    let size = terms.map(\.size).reduce(0, +)
    // Every partial sum rounds once more, and so does the division.
    let sums = Double(terms.count + 1) * u * size
    return Self.secondOrder
      * ((terms.map(\.error).reduce(0, +) + sums) / Double(divisor) + Double(terms.count + 1) * η)
  }

  /// The bound of ∂E/∂output.
  func gradientBound(_ position: Int) -> Double {
    guard let row = predictions.first(where: { $0.output.contains(position) }) else { return 0 }
    let unit = position - row.output.lowerBound
    let own = row.output.map { Double(outputs[$0]) }
    let target = row.target.map { Double(targets[$0]) }
    let (output, y) = (own[unit], target[unit])
    let error: Double
    switch loss.function {
    case .crossEntropy: error = y == 0 ? 0 : 2 * u * abs(y / output)
    case .squaredError: error = 2 * u * abs(2 * (output - y))
    case .crossEntropyOfLogits:
      let shares = Shares(own, u: u, η: η)
      let weight = target.reduce(0, +)
      let p = weight * shares.powers[unit] / shares.sum
      let product = shares.relative(unit) + shares.relativeSum + Double(target.count + 2) * u
      error = p * product + 2 * u * abs(p - y) + weight * η
    }
    return Self.secondOrder * (error / Double(divisor) + 3 * η)
  }

  private func termBounds(_ output: [Double], _ y: [Double]) -> [(size: Double, error: Double)] {
    switch loss.function {
    case .crossEntropy:
      return zip(output, y).filter { $1 != 0 }.map { output, y in
        let size = abs(y * log(output))
        return (size, Double(activationRoundings + 1) * u * size)
      }
    case .squaredError:
      return zip(output, y).map { output, y in
        let size = (output - y) * (output - y)
        return (size, 3 * u * size)
      }
    case .crossEntropyOfLogits:
      let shares = Shares(output, u: u, η: η)
      let logarithm = log(shares.sum)
      return zip(output, y).filter { $1 != 0 }.map { output, y in
        let parts = abs(logarithm) + shares.largest - output
        let error =
          shares.relativeSum + Double(activationRoundings) * u * abs(logarithm)
          + u * (shares.largest - output) + 2 * u * parts
        return (y * parts, y * error)
      }
    }
  }
}

/// e^{a − m} and what is rounded in it and in its sum.
private struct Shares {
  let largest: Double
  let powers: [Double]
  let sum: Double
  /// The relative error of the computed sum.
  let relativeSum: Double
  private let distances: [Double]
  private let u: Double

  init(_ logits: [Double], u: Double, η: Double) {
    let m = logits.max() ?? 0
    let distances = logits.map { m - $0 }
    let powers = distances.map { exp(-$0) }
    let sum = powers.reduce(0, +)
    let errors = zip(powers, distances).map { power, distance in
      // Below the smallest normal number the whole power may be lost.
      power == 0 ? η : power * (Double(activationRoundings) + distance) * u + η
    }
    largest = m
    (self.powers, self.sum, self.distances, self.u) = (powers, sum, distances, u)
    relativeSum = errors.reduce(0, +) / sum + Double(logits.count) * u
  }

  /// The relative error of a power: of a − m, and of the function.
  func relative(_ unit: Int) -> Double {
    powers[unit] == 0 ? 0 : (Double(activationRoundings) + distances[unit]) * u
  }
}
