import BallArithmetic
import Equations
import Oracle

/// Claims about the values of functions and of their derivatives.
enum RangeChecks {
  /// An interval that may lack its upper end.
  struct Interval: Sendable {
    let lower, upper: Double
    let includesUpper: Bool

    var text: String { "(\(lower.plain), \(upper.plain)\(includesUpper ? "]" : ")")" }
  }

  /// 0, and seeded numbers of many sizes and both signs.
  private static let arguments: [Double] = (-24...24).map { index in
    Double(index * abs(index)) / 16
  }

  /// Every f′ lies in an interval; f is the function around the state's own equation.
  static func slopesLie(_ id: String, function: String, in interval: Interval) -> ClaimCheck {
    { systems in
      let activation = try systems.formulation(id).activation(function)
      var tally = Tally()
      for x in arguments {
        let slope = try activation.slope(at: Ball(x))
        let isAtEnd = interval.includesUpper && slope.contains(interval.upper) && slope.isExact
        let excess = slope.subtracting(Ball(interval.upper), precision: Tally.precision)
        let isInside =
          slope.subtracting(Ball(interval.lower), precision: Tally.precision).isPositive
          && (isAtEnd || excess.isNegative)
        tally.require(
          isInside,
          "\(function)′(\(x.plain)) = \(slope.short) is not in"
            + " \(interval.text)")
      }
      return tally.finding("derivatives lie in \(interval.text), at 0 and up to ±36")
    }
  }

  /// One unit that passes its input on through f alone gives 1 ÷ (1 + e^−x).
  static func isLogistic(
    _ id: String, state: String, inputMatrix: String
  ) -> ClaimCheck {
    { systems in
      let formulation = try systems.formulation(id)
      let state = try formulation.signal(state)
      var tally = Tally()
      for x in arguments {
        let hand = HandPoint(parameters: [inputMatrix: [1]], inputs: [x])
        let values = try hand.trajectory(of: formulation, steps: 1).values[0]
        let formula = Ball.one.divided(
          by: Ball.one.adding((-Ball(x)).exp(precision: 320), precision: 320), precision: 320)
        try tally.equal(values[state]?[0] ?? .zero, formula, "x = \(x)")
      }
      return tally.equalities
    }
  }

  /// A vector's units are positive and sum to 1.
  static func areProbabilities(_ ids: [String], signal: String) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let signal = try formulation.signal(signal)
        for sample in Sample.all {
          let step = try StateDynamics(formulation).step(at: sample.point(of: formulation))
          let value = step.values[signal] ?? BallVector(zeros: 0)
          try tally.equal(value.sum(precision: Tally.precision), .one, "\(id), \(sample), the sum")
          for unit in 0..<value.count {
            try tally.below(.zero, value[unit], "\(id), \(sample): 0 and unit \(unit)")
          }
        }
      }
      return tally.finding("sums are 1 and units above 0")
    }
  }
}
