import BallArithmetic
import Equations
import Oracle

/// Claims about what becomes of a derivative over many steps, at points that one can follow by hand.
enum GrowthChecks {
  /// One unit that stays where it is, so that every step multiplies the derivative by the same factor.
  struct FixedPoint: Sendable {
    let point: HandPoint
    /// The factor in words, as one computes it by hand.
    let reason: String
    /// The factor of one step, exactly.
    let factor: Double
  }

  private static let steps = 10

  /// The derivative over n steps is factor^n.
  static func derivatives(
    _ ids: [String], state: String, _ fixedPoints: [FixedPoint]
  ) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        for fixed in fixedPoints {
          let product = try product(formulation, state, fixed)
          var power = Ball.one
          for _ in 0..<steps {
            power = power.multiplied(by: Ball(fixed.factor), precision: Tally.precision)
          }
          try tally.equal(product, power, "\(id), \(fixed.reason), \(steps) steps")
        }
      }
      return tally.finding(
        "derivatives over \(steps) steps are exactly "
          + fixedPoints.map { "\($0.factor.plain)^\(steps)" }.joined(separator: " and "))
    }
  }

  /// Every derivative over n steps is below (or, to explode, above) 1 by more than a factor 2.
  static func eitherVanishOrExplode(
    _ ids: [String], state: String, _ fixedPoints: [FixedPoint]
  ) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        for fixed in fixedPoints {
          let product = try product(formulation, state, fixed).magnitude
          let isFar =
            Ball(0.5).subtracting(product, precision: Tally.precision).isPositive
            || product.subtracting(Ball(2), precision: Tally.precision).isPositive
          tally.require(
            isFar, "\(fixed.reason); after \(steps) steps the derivative is \(product.short)")
        }
      }
      return tally.finding("derivatives over \(steps) steps vanish or explode")
    }
  }

  /// Every derivative over n steps is below 1.
  static func decays(_ id: String, state: String, _ fixedPoints: [FixedPoint]) -> ClaimCheck {
    { systems in
      var tally = Tally()
      let formulation = try systems.formulation(id)
      for fixed in fixedPoints {
        let product = try product(formulation, state, fixed)
        try tally.below(
          product.magnitude, .one, "\(fixed.reason); after \(steps) steps the derivative")
      }
      return tally.finding("derivatives over \(steps) steps are below 1")
    }
  }

  /// The norm over n steps is above a number, from a point where one unit hardly moves.
  static func exceeds(
    _ ids: [String], state: String, _ point: HandPoint, steps: Int, least: Double
  ) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let state = try formulation.signal(state)
        let trajectory = try point.trajectory(of: formulation, steps: steps)
        let range = trajectory.layout.range(of: state)
        let product = trajectory.product(from: 0, to: steps)
        try tally.below(
          Ball(least), product[range.lowerBound, range.lowerBound].magnitude,
          "\(id): \(least), the derivative over \(steps) steps")
      }
      return tally.finding("derivatives over \(steps) steps exceed \(least.plain)")
    }
  }

  private static func product(
    _ formulation: Formulation, _ state: String, _ fixed: FixedPoint
  ) throws -> Ball {
    let state = try formulation.signal(state)
    let trajectory = try fixed.point.trajectory(of: formulation, steps: steps)
    let row = trajectory.layout.range(of: state).lowerBound
    return trajectory.product(from: 0, to: steps)[row, row]
  }
}
