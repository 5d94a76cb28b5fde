import BallArithmetic
import Tensors

extension Reference {
  /// How closely two references that agree must agree, relative to the larger of 1 and the value.
  ///
  /// Balls of 512 bits are narrower by far, whatever the equations do at the sizes of a case.
  package static let agreementExponent = -200

  /// Whether another reference gives the same answers to a case, values and all gradients, in balls of 512
  /// bits to within 2^−200.
  ///
  /// Equations that are analytic in their numbers and agree on random dense ones agree everywhere but by a
  /// coincidence of probability zero.
  ///
  /// - Throws: `OracleError` when the case does not fit.
  package func agrees(
    with other: Reference, on problem: Case<Double>
  ) throws(OracleError) -> Bool {
    let evaluation = BallEvaluation(precision: 512)
    let (own, others) = (try exactGraph(of: problem), try other.exactGraph(of: problem))
    guard own.shapes == others.shapes else { return false }
    let ownBalls = own.outputBalls(evaluation.values(of: own, case: problem))
    let otherBalls = others.outputBalls(evaluation.values(of: others, case: problem))
    guard ownBalls.keys == otherBalls.keys else { return false }
    return ownBalls.allSatisfy { place, balls in
      guard let compared = otherBalls[place], compared.count == balls.count else { return false }
      return zip(balls, compared).allSatisfy { $0.agrees(with: $1) }
    }
  }
}

extension Graph {
  private struct Place: Hashable {
    let quantity: Quantity
    let offset: Int
  }

  fileprivate func outputBalls(_ values: BallVector) -> [AnyHashable: [Ball]] {
    var balls: [AnyHashable: [Ball]] = [:]
    for output in outputs {
      balls[Place(quantity: output.quantity, offset: output.offset)] =
        elements(of: output.node).map { values[$0] }
    }
    return balls
  }
}

extension Ball {
  fileprivate func agrees(with other: Ball) -> Bool {
    let precision: Ball.Precision = 512
    let bound = Ball.one.adding(magnitude, precision: precision)
      .scaled(byPowerOfTwo: Reference.agreementExponent)
    let difference = subtracting(other, precision: precision).magnitude
    return bound.subtracting(difference, precision: precision).isPositive
  }
}
