import GradientCheck
import Tensors
import Testing

@Suite("One function")
struct CurveTests {
  @Test("a quartic has no truncation error, and its slope alone is right")
  func quartic() throws {
    let quartic: @Sendable (Double) -> Double = { ((($0 - 1) * $0) + 3) * $0 * $0 }
    let right = try #require(try Curve(at: 1.5, slope: 15.75, loss: quartic).verdict())
    #expect(right.difference == 15.75 && right.ratio <= 1 && !right.isWeak)
    let wrong = try #require(
      try Curve(at: 1.5, slope: 15.75.nextUp + 1e-12, loss: quartic).verdict())
    #expect(wrong.departs)
  }

  @Test(
    "a step at which two terms of the truncation error cancel does not make a right slope wrong")
  func cancellation() throws {
    // D(h) = −4a h⁴ − 20 h⁶ for a θ⁵ + θ⁷ at 0, of slope 0: with this a, D(2^−7) = D(2^−6).
    let a = -21 * 0x1p-14
    let verdict = try Curve(at: 0, slope: 0) { ($0 * $0 + a) * $0 * $0 * $0 * $0 * $0 }.verdict()
    #expect(verdict?.departs == false)
    #expect(verdict?.difference != 0, "nothing was truncated")
  }

  @Test("losses off by no more than the bound do not make a right slope wrong")
  func noise() throws {
    let bound = 0x1p-40
    var worst = 0.0
    for seed in 0..<1000 as Range<UInt64> {
      let verdict = try Curve(at: 0.25, slope: 3) { a in
        var generator = CounterGenerator(seed: a.bitPattern ^ seed)
        let noise = Double.random(in: -1...1, using: &generator)
        // Every other time at the very bound, less the rounding of the sum.
        return 3 * a + 0.999 * bound * (seed % 2 == 0 ? noise : noise.sign == .minus ? -1 : 1)
      }.verdict(bound: bound)
      #expect(verdict?.departs == false)
      worst = max(worst, verdict?.ratio ?? 0)
    }
    #expect(worst > 0.2, "there was hardly any noise")
  }

  @Test("the tolerance of the gradient is granted, and no more")
  func tolerance() throws {
    for (error, departs) in [(0x1p-31, false), (-0x1p-31, false), (0x1p-29, true)] {
      let verdict = try Curve(at: 0.5, slope: 2 + error) { 2 * $0 }.verdict(tolerance: 0x1p-30)
      #expect(verdict?.departs == departs)
    }
  }

  @Test(
    "the error of 18 losses over 12 steps is granted, at the largest step where nothing is truncated"
  )
  func rounding() throws {
    let verdict = try #require(try Curve(at: 0.5, slope: 2) { 2 * $0 }.verdict(bound: 0x1p-40))
    #expect(verdict.exponent == 7)
    #expect(verdict.acceptance == 1.5 * 0x1p-33 + 2 * verdict.difference.ulp)

    // Every point above this one is rounded by 2^−53, which this function does not show.
    let rounded = try #require(
      try Curve(at: 1 - 0x1p-53, slope: 1) { ($0 * 0x1p20).rounded() * 0x1p-20 }.verdict())
    #expect(rounded.difference == 1 && rounded.exponent == 7)
    #expect(rounded.acceptance == 1.5 * 0x1p-46 + 2 * rounded.difference.ulp)
  }

  @Test("numbers of all 53 bits are moved to rounded points, and the slope there is still right")
  func rounded() throws {
    var generator = CounterGenerator(seed: 5)
    for _ in 0..<1000 {
      let point = Double.random(in: -8...8, using: &generator)
      let right = try Curve(at: point, slope: 1) { $0 }.verdict()
      #expect(right?.departs == false && right?.isWeak == false, "\(point)")
      #expect(try Curve(at: point, slope: 1 + 1e-9) { $0 }.verdict()?.departs == true)
    }
  }

  @Test("a tiny number is moved relative to itself", arguments: [0x1.7p-70, -0x1p-25, 0x1.02p-800])
  func tiny(point: Double) throws {
    // Nowhere but near the point is the function as steep.
    let loss: @Sendable (Double) -> Double = { abs($0) < 2 * abs(point) ? 3 * $0 : 0 }
    let verdict = try #require(try Curve(at: point, slope: 3, loss: loss).verdict())
    #expect(verdict.difference == 3 && !verdict.departs && !verdict.isWeak)
    let exponent = try #require(verdict.exponent)
    #expect(7 - Int(point.exponent)...10 - Int(point.exponent) ~= exponent)
  }

  @Test("a subnormal number and zero are moved")
  func smallest() throws {
    for point in [0, .leastNonzeroMagnitude, -.leastNormalMagnitude] as [Double] {
      #expect(try Curve(at: point, slope: 1) { $0 }.verdict()?.departs == false)
      #expect(try Curve(at: point, slope: 0.5) { $0 }.verdict()?.departs == true)
    }
  }

  @Test("a gradient that would have passed as 0 is untested, not right")
  func untested() throws {
    let verdict = try #require(try Curve(at: 1, slope: 1e-9) { 1e-9 * $0 }.verdict(bound: 1e-10))
    #expect(!verdict.departs && verdict.isUntested && verdict.isWeak)
    let zero = try #require(try Curve(at: 1, slope: 0) { _ in 0 }.verdict(bound: 1e-10))
    #expect(!zero.departs && zero.isUntested)
    let weak = try #require(try Curve(at: 1, slope: 1e-3) { 1e-3 * $0 }.verdict(bound: 1e-10))
    #expect(!weak.departs && weak.isWeak && !weak.isUntested)
  }

  @Test("numbers that are none are never right")
  func notFinite() throws {
    for slope in [Double.nan, .infinity, -.infinity] {
      let verdict = try #require(try Curve(at: 1, slope: slope) { $0 }.verdict(bound: 1))
      #expect(verdict.departs && verdict.ratio == .infinity && !verdict.isWeak)
    }
    for value in [Double.nan, .infinity] {
      for slope in [1, Double.nan, .infinity, 0] {
        let everywhere = try #require(try Curve(at: 1, slope: slope) { _ in value }.verdict())
        #expect(everywhere.departs && everywhere.difference.isNaN && everywhere.exponent == nil)
      }
      let far: @Sendable (Double) -> Double = { $0 - 1 > 0x1p-6 ? value : $0 }
      #expect(try Curve(at: 1, slope: 1, loss: far).verdict()?.departs == true)
      let near: @Sendable (Double) -> Double = { $0 - 1 == 0x1p-10 ? value : $0 }
      #expect(try Curve(at: 1, slope: 1, loss: near).verdict()?.departs == true)
    }
  }

  @Test("a point that is no number is never right", arguments: [Double.nan, .infinity, -.infinity])
  func noPoint(point: Double) throws {
    #expect(try Curve(at: point, slope: 1) { $0 }.verdict()?.departs == true)
  }
}
