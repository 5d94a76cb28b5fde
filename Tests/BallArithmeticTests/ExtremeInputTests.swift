import BallArithmetic
import Testing

@Suite("Extreme inputs end in a ball, never in a trap")
struct ExtremeInputTests {
  /// 2^(2^62), 2^−(2^62) and their squares of squares, whose exponents pass 64 bits.
  static let towers: [Ball] = [1, -1].flatMap { sign in
    var ball = Ball(3).scaled(byPowerOfTwo: sign * (1 << 62))
    return (0..<4).flatMap { _ -> [Ball] in
      ball = ball.multiplied(by: ball, precision: 64)
      return [ball, -ball]
    }
  }

  @Test("exponents past 64 bits", arguments: towers)
  func exponents(ball: Ball) {
    let isHuge = ball.magnitude.subtracting(.one, precision: 64).isPositive
    #expect(ball.nearestDouble() == (isHuge ? (ball.isPositive ? .infinity : -.infinity) : 0))
    #expect(ball.nearestFloat() == (isHuge ? (ball.isPositive ? .infinity : -.infinity) : 0))
    #expect(ball.isFinite)
    #expect(!ball.decimal(digits: 20).isEmpty)
    #expect(!ball.description.isEmpty)
    #expect(ball.midpoint == (isHuge ? (ball.isPositive ? .infinity : -.infinity) : 0))
    #expect(ball.plus(.noise(exponent: 0)).overlaps(ball))
    #expect(ball.contains(1) == false)

    let sigma = ball.logistic(precision: 128)
    #expect(sigma.isFinite)
    #expect(sigma.contains(isHuge ? (ball.isPositive ? 1 : 0) : 0.5))
    #expect(sigma.nearestDouble() == (isHuge ? (ball.isPositive ? 1 : 0) : 0.5))
    let hyperbolic = ball.tanh(precision: 128)
    #expect(hyperbolic.nearestDouble() == (isHuge ? (ball.isPositive ? 1 : -1) : 0))
    let exponential = ball.exp(precision: 128)
    #expect(exponential.isFinite == !(isHuge && ball.isPositive))
    #expect(ball.magnitude.squareRoot(precision: 128).isPositive)
    #expect(
      ball.dotted(with: Ball(3)).overlaps(ball.multiplied(by: Ball(3), precision: 64)))
  }

  @Test(
    "infinities and NaN are not finite and round to nothing",
    arguments: [Double.infinity, -.infinity, .nan])
  func nonFinite(value: Double) {
    let ball = Ball(value)
    #expect(!ball.isFinite)
    #expect(ball.nearestDouble() == nil)
    #expect(ball.nearestFloat() == nil)
    #expect(!ball.adding(.one, precision: 64).isFinite)
    #expect(!ball.multiplied(by: .zero, precision: 64).isFinite)
    #expect(!ball.description.isEmpty)
    #expect(ball.midpoint == value || value.isNaN && ball.midpoint.isNaN)
    #expect(value.isNaN || ball.tanh(precision: 64).contains(value > 0 ? 1 : -1))
    #expect(value.isNaN || ball.logistic(precision: 64).contains(value > 0 ? 1 : 0))
  }

  @Test("no quotient by zero and no root of a negative number")
  func undefined() {
    #expect(!Ball.one.divided(by: .zero, precision: 64).isFinite)
    #expect(!Ball.one.divided(by: .noise(exponent: 0), precision: 64).isFinite)
    #expect(!Ball(numerator: 1, denominator: 0, precision: 64).isFinite)
    #expect(!Ball(numerator: .min, denominator: 0, precision: 64).isFinite)
    #expect(Ball(numerator: .min, denominator: .min, precision: 64).isExactly(.one))
    #expect(!Ball(-1).squareRoot(precision: 64).isFinite)
    #expect(Ball.zero.squareRoot(precision: 64).isZero)
  }

  @Test("an exponent that Int just holds", arguments: [Int.min, .max])
  func scaling(exponent: Int) {
    let ball = Ball(1).scaled(byPowerOfTwo: exponent)
    #expect(ball.nearestDouble() == (exponent > 0 ? .infinity : 0))
    #expect(ball.plus(Ball(1).scaled(byPowerOfTwo: exponent)).isExact)
    // The ends of the sum lie 2^63 binades apart; they are never written out.
    #expect(ball.adding(.one, precision: 64).isFinite)
    #expect(Ball.one.adding(ball, precision: 64).overlaps(ball.adding(.one, precision: 128)))
  }
}

extension Ball {
  fileprivate func dotted(with other: Ball) -> Ball {
    BallVector([self]).dot(BallVector([other]), precision: 64)
  }
}
