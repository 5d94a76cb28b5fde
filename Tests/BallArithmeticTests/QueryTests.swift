import BallArithmetic
import Testing

@Suite("Queries")
struct QueryTests {
  @Test("signs", arguments: [(-2.5, false, true), (0, false, false), (1e-300, true, false)])
  func signs(value: Double, isPositive: Bool, isNegative: Bool) {
    let ball = Ball(value)
    #expect(ball.isPositive == isPositive)
    #expect(ball.isNegative == isNegative)
    #expect(ball.isZero == (value == 0))
    #expect(ball.containsZero == (value == 0))
  }

  @Test("a ball around zero has no sign and is not zero")
  func straddling() {
    let ball = Ball.noise(exponent: -3)
    #expect(!ball.isPositive && !ball.isNegative && !ball.isZero && !ball.isExact)
    #expect(ball.containsZero && ball.contains(0.01) && !ball.contains(4))
    #expect(ball.isFinite)
    #expect(ball.overlaps(.zero) && !ball.overlaps(.one))
  }

  @Test("a finite ball holds neither an infinity nor a NaN")
  func nonFiniteNumbers() {
    #expect(!Ball(1).contains(.nan))
    #expect(!Ball(1).contains(.infinity))
    #expect(!Ball(Double.nan).contains(.nan))
  }

  @Test("the radius bounds the error from above", arguments: [24, 40, 53] as [Ball.Precision])
  func radius(precision: Ball.Precision) {
    let third = Ball(numerator: 1, denominator: 3, precision: precision)
    let truth = Ball(numerator: 1, denominator: 3, precision: 10_000)
    let error = Ball(third.midpoint).subtracting(truth, precision: 10_000).magnitude
    #expect(Ball(third.radius).subtracting(error, precision: 10_000).isPositive)
    #expect(third.accuracyBits >= precision.bits - 2)
  }

  @Test("a radius out of the range of doubles is bounded from above")
  func radiusOutOfRange() {
    #expect(Ball.noise(exponent: -5000).radius == 0x1p-1000)
    #expect(Ball.noise(exponent: 5000).radius == .infinity)
    #expect(Ball(5).radius == 0)
  }

  @Test("midpoints print to as many digits as asked")
  func decimals() {
    #expect(Ball(numerator: 1, denominator: 3, precision: 64).decimal(digits: 5) == "0.33333")
    #expect(
      Ball(numerator: -2, denominator: 3, precision: 256).decimal(digits: 30)
        == "-0.666666666666666666666666666667")
    #expect(
      Ball(0.1).decimal(digits: 60)
        == "0.100000000000000005551115123125782702118158340454101562500000")
    #expect(Ball.zero.decimal(digits: 10) == "0")
    #expect(Ball(1.25).decimal(digits: 0) == "1e+0")
    #expect(Ball(Double.nan).decimal(digits: 5) == "nan")
    #expect(Ball(-Double.infinity).decimal(digits: 5) == "-inf")
    #expect(
      Ball(numerator: 1, denominator: 3, precision: 64).description
        == "[0.3333333333333333333 +/- 4.24e-20]")
  }
}
