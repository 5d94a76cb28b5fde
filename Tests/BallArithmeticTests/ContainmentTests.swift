import BallArithmetic
import Testing

/// A function of one ball under a name that a failure shows.
struct NamedFunction: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let function: @Sendable (Ball, Ball.Precision) -> Ball

  static let all = [
    NamedFunction(testDescription: "exp") { $0.exp(precision: $1) },
    NamedFunction(testDescription: "log") { $0.magnitude.log(precision: $1) },
    NamedFunction(testDescription: "tanh") { $0.tanh(precision: $1) },
    NamedFunction(testDescription: "logistic") { $0.logistic(precision: $1) },
    NamedFunction(testDescription: "squareRoot") { $0.magnitude.squareRoot(precision: $1) },
    NamedFunction(testDescription: "reciprocal") { Ball.one.divided(by: $0, precision: $1) },
    NamedFunction(testDescription: "square") { $0.multiplied(by: $0, precision: $1) },
    NamedFunction(testDescription: "relu") { x, _ in x.relu() },
  ]
}

@Suite("Containment")
struct ContainmentTests {
  @Test(
    "a ball of few bits contains the ball of many",
    arguments: NamedFunction.all, [2, 24, 53, 113, 256] as [Ball.Precision])
  func functions(named: NamedFunction, precision: Ball.Precision) {
    var generator = SplitMix64(seed: UInt64(precision.bits))
    for _ in 0..<100 {
      let x = Ball(generator.double(exponents: -40...12))
      let value = named.function(x, precision)
      let truth = named.function(x, 8000)
      #expect(value.contains(truth), "\(named.testDescription)(\(x)) is \(truth), not \(value)")
    }
  }

  @Test(
    "a wide argument gives a ball that contains the values at its points",
    arguments: NamedFunction.all)
  func wideArguments(named: NamedFunction) {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<100 {
      let middle = Ball(generator.double(exponents: -4...4))
      let width = Int.random(in: -60...2, using: &generator)
      let value = named.function(middle.plus(.noise(exponent: width)), 128)
      for part in [-1.0, -0.5, 0, 0.3, 1] {
        let point = middle.plus(Ball(part).scaled(byPowerOfTwo: width - 1))
        #expect(
          !value.isFinite || value.contains(named.function(point, 4000)),
          "\(named.testDescription)(\(point)) is outside \(value)")
      }
    }
  }

  @Test("a sum, a product and a quotient contain the exact one", arguments: UInt64(0)..<100)
  func operations(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let a = Ball(generator.double(exponents: -300...300))
    let b = Ball(generator.double(exponents: -300...300))
    #expect(a.adding(b, precision: 30).contains(a.adding(b, precision: 2000)))
    #expect(a.subtracting(b, precision: 30).contains(a.subtracting(b, precision: 2000)))
    #expect(a.multiplied(by: b, precision: 30).contains(a.multiplied(by: b, precision: 2000)))
    #expect(a.divided(by: b, precision: 30).contains(a.divided(by: b, precision: 2000)))
  }

  @Test(
    "the logistic function keeps its relative accuracy", arguments: [-1e15, -800, -30, 30, 1e15])
  func logisticAccuracy(x: Double) {
    let value = Ball(x).logistic(precision: 128)
    #expect(value.accuracyBits >= 120)
    #expect(value.isPositive)
    // σ(x) + σ(−x) = 1.
    #expect(value.adding(Ball(-x).logistic(precision: 128), precision: 128).contains(1))
  }

  @Test("the rectifier is exact on either side of zero and open in between")
  func rectifier() {
    let wide = Ball(2).plus(.noise(exponent: 0))
    #expect(wide.relu().isIdentical(to: wide))
    #expect((-wide).relu().isZero)
    #expect(Ball.zero.relu().isZero)
    let straddling = Ball(numerator: 1, denominator: 8, precision: 64).plus(.noise(exponent: 0))
    #expect(straddling.containsZero)
    #expect(straddling.relu().contains(0) && straddling.relu().contains(0.5))
    #expect(!straddling.relu().contains(-0.01))
  }
}
