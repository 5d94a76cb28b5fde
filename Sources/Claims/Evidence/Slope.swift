import BallArithmetic
import Equations

extension Activation {
  /// f′ at a number, from the function's own formula.
  ///
  /// ```
  /// σ′ = σ (1 − σ)      tanh′ = 1 − tanh²      relu′ = 1 above 0, 0 elsewhere
  /// ```
  ///
  /// - Throws: `ClaimError` of a softmax, and of relu where the ball contains 0.
  func slope(at x: Ball) throws(ClaimError) -> Ball {
    let precision = Tally.precision
    switch self {
    case .logistic:
      let value = x.logistic(precision: precision)
      return value.multiplied(
        by: Ball.one.subtracting(value, precision: precision), precision: precision)
    case .tanh:
      let value = x.tanh(precision: precision)
      return Ball.one.subtracting(
        value.multiplied(by: value, precision: precision), precision: precision)
    case .relu where x.isPositive: return .one
    case .relu where x.isNegative || x.isZero: return .zero
    case .identity: return .one
    case .unitStep: return .zero
    case .relu, .softmax:
      throw ClaimError(code: .undecided, message: "\(rawValue) has no slope at \(x)")
    }
  }

  /// f′ unit by unit.
  func slopes(at vector: BallVector) throws(ClaimError) -> BallVector {
    var slopes: [Ball] = []
    for unit in 0..<vector.count { slopes.append(try slope(at: vector[unit])) }
    return BallVector(slopes)
  }

  /// f unit by unit.
  func values(at vector: BallVector) throws(ClaimError) -> BallVector {
    switch self {
    case .logistic: vector.logistic(precision: Tally.precision)
    case .tanh: vector.tanh(precision: Tally.precision)
    case .relu: vector.relu()
    case .identity: vector
    case .unitStep, .softmax:
      throw ClaimError(code: .undecided, message: "\(rawValue) does not stand alone in a unit")
    }
  }
}
