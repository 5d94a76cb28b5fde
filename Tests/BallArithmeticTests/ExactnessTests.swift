import BallArithmetic
import Testing

@Suite("Exact arithmetic")
struct ExactnessTests {
  @Test("integers add, subtract and multiply exactly", arguments: UInt64(0)..<50)
  func integers(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let a = Int.random(in: -2_000_000_000...2_000_000_000, using: &generator)
    let b = Int.random(in: -2_000_000_000...2_000_000_000, using: &generator)
    #expect(Ball(a).adding(Ball(b), precision: 64).isExactly(Ball(a + b)))
    #expect(Ball(a).subtracting(Ball(b), precision: 64).isExactly(Ball(a - b)))
    #expect(Ball(a).multiplied(by: Ball(b), precision: 64).isExactly(Ball(a * b)))
    #expect((-Ball(a)).isExactly(Ball(-a)))
    #expect(Ball(a).magnitude.isExactly(Ball(abs(a))))
    #expect(!Ball(a).isExactly(Ball(a + 1)))
  }

  @Test("doubles and floats are taken as they are", arguments: UInt64(0)..<50)
  func floatingPoint(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let double = generator.double(exponents: -1074...1023)
    #expect(Ball(double).isExact)
    #expect(Ball(double).midpoint == double)
    let float = Float(generator.double(exponents: -149...127))
    #expect(Ball(float).isExactly(Ball(Double(float))))
  }

  @Test("an extreme integer", arguments: [Int.min, .min + 1, -1, 0, 1, .max])
  func extremeInteger(value: Int) {
    #expect(Ball(value).midpoint == Double(value))
    #expect(Ball(value).plus(-Ball(value)).isZero)
  }

  @Test("an inexact result is enclosed")
  func rational() {
    let third = Ball(numerator: 1, denominator: 3, precision: 64)
    #expect(!third.isExact)
    #expect(third.contains(Ball(numerator: 1, denominator: 3, precision: 1000)))
    #expect(!third.contains(1.0 / 3))
    #expect(third.radius > 0 && third.radius < 0x1p-63)
    #expect(third.multiplied(by: Ball(3), precision: 64).contains(1))
    #expect(Ball(numerator: -6, denominator: 4, precision: 64).isExactly(Ball(-1.5)))
  }

  @Test("powers of two scale exactly", arguments: [-5000, -1075, -1, 0, 1, 1024, 5000])
  func scaling(exponent: Int) {
    let scaled = Ball(3).scaled(byPowerOfTwo: exponent)
    #expect(scaled.isExact)
    #expect(scaled.scaled(byPowerOfTwo: -exponent).isExactly(Ball(3)))
  }

  @Test("a precision out of range is taken to the nearer end")
  func precisions() {
    #expect(Ball.Precision(bits: -7) == .least)
    #expect(Ball.Precision(bits: 0) == .least)
    #expect(Ball.Precision(bits: .max) == .greatest)
    #expect(Ball.Precision.greatest.doubled == .greatest)
    #expect(Ball.Precision(bits: 128).doubled == 256)
    #expect((128 as Ball.Precision) < 256)
  }
}
