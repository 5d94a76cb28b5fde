import BallArithmetic
import Testing

@Suite("Rounding to floating point")
struct RoundingTests {
  /// What a number between two neighbours must round to, for all the ways to lie between them.
  private func checkBetween<Value: BinaryFloatingPoint>(
    _ value: Value, exactly exact: (Value) -> Ball, nearest: (Ball) -> Value?
  ) {
    let next = value.nextUp
    let tieExponent = Int(value.ulp.exponent) - 1
    let even = value.significandBitPattern.isMultiple(of: 2) ? value : next
    let tie = exact(value).plus(Ball(1).scaled(byPowerOfTwo: tieExponent))
    for offset in [30, 70, 500] {
      let tiny = Ball(1).scaled(byPowerOfTwo: tieExponent - offset)
      for (ball, expected) in [
        (exact(value), value), (exact(value).plus(tiny), value), (exact(value).plus(-tiny), value),
        (tie, even), (tie.plus(-tiny), value), (tie.plus(tiny), next),
      ] {
        for (ball, expected) in [(ball, expected), (-ball, -expected)] {
          #expect(nearest(ball) == expected, "\(value), offset 2^-\(offset)")
        }
      }
      let noise = Ball.noise(exponent: tieExponent - offset)
      #expect(nearest(exact(value).plus(noise)) == value)
      #expect(nearest(tie.plus(noise)) == nil, "a ball around a tie decided")
      #expect(nearest(tie.plus(noise).plus(tiny.scaled(byPowerOfTwo: 3))) == next)
    }
  }

  @Test("a random double, its neighbour, and all between", arguments: UInt64(0)..<200)
  func doubles(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    // The binades of subnormals as often as the others.
    let exponent = seed.isMultiple(of: 2) ? -1074 ... -1020 : -1074...1023
    let value = generator.double(exponents: exponent).magnitude
    checkBetween(value, exactly: Ball.init, nearest: { $0.nearestDouble() })
  }

  @Test("a random float, its neighbour, and all between", arguments: UInt64(0)..<200)
  func floats(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let exponent = seed.isMultiple(of: 2) ? -149 ... -124 : -149...126
    let value = Float(generator.double(exponents: exponent).magnitude)
    checkBetween(value, exactly: Ball.init, nearest: { $0.nearestFloat() })
  }

  @Test("every random bit pattern rounds to itself", arguments: UInt64(0)..<20)
  func bitPatterns(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let bits = generator.next()
      let double = Double(bitPattern: bits)
      let float = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
      #expect(Ball(double).nearestDouble() == (double.isFinite ? double : nil))
      #expect(Ball(float).nearestFloat() == (float.isFinite ? float : nil))
      if double.isFinite { #expect(Ball(double).nearestFloat() == Float(double)) }
    }
  }

  @Test("half the least magnitude rounds to zero, anything above it to the least")
  func leastMagnitude() {
    let tiny = Ball(1).scaled(byPowerOfTwo: -3000)
    for sign in [1, -1] {
      let half = Ball(sign).scaled(byPowerOfTwo: -1075)
      let above = half.plus(sign > 0 ? tiny : -tiny)
      #expect(half.nearestDouble()?.bitPattern == 0, "zero is +0 from below too")
      #expect(above.nearestDouble() == Double(sign) * .leastNonzeroMagnitude)
      #expect(half.plus(.noise(exponent: -3000)).nearestDouble() == nil)
      let halfFloat = Ball(sign).scaled(byPowerOfTwo: -150)
      #expect(halfFloat.nearestFloat()?.bitPattern == 0)
      #expect(
        halfFloat.plus(sign > 0 ? tiny : -tiny).nearestFloat()
          == Float(sign) * .leastNonzeroMagnitude)
    }
    #expect(Ball.noise(exponent: -1080).nearestDouble()?.bitPattern == 0)
    #expect(Ball(-0.0).nearestDouble()?.bitPattern == 0)
  }

  @Test("past the greatest number the tie is the first to be infinite")
  func overflow() {
    let tiny = Ball(1).scaled(byPowerOfTwo: -3000)
    for sign in [1, -1] {
      let signed = Ball(sign)
      let outward = sign > 0 ? tiny : -tiny
      let tie = signed.scaled(byPowerOfTwo: 1024)
        .plus(-signed.scaled(byPowerOfTwo: 970))
      #expect(tie.nearestDouble() == Double(sign) * .infinity)
      #expect(tie.plus(-outward).nearestDouble() == Double(sign) * .greatestFiniteMagnitude)
      #expect(tie.plus(.noise(exponent: 0)).nearestDouble() == nil)
      #expect(signed.scaled(byPowerOfTwo: 5000).nearestDouble() == Double(sign) * .infinity)
      let tieFloat = signed.scaled(byPowerOfTwo: 128)
        .plus(-signed.scaled(byPowerOfTwo: 103))
      #expect(tieFloat.nearestFloat() == Float(sign) * .infinity)
      #expect(tieFloat.plus(-outward).nearestFloat() == Float(sign) * .greatestFiniteMagnitude)
    }
  }

  @Test("a float rounded by way of a double would be wrong, and is not")
  func notThroughDouble() throws {
    // Just above the tie between 1 and the next float; as a double it is the tie.
    let ball = Ball(1 + 0x1p-24).plus(Ball(0x1p-80))
    let double = try #require(ball.nearestDouble())
    #expect(Float(double) == 1)
    #expect(ball.nearestFloat() == Float(1).nextUp)
  }

  @Test("a subnormal rounded to 53 bits first would be wrong, and is not")
  func notThroughFullSignificand() {
    // Just below the tie between the least magnitude and its double; in 53 bits it is the tie.
    let ball = Ball(3).scaled(byPowerOfTwo: -1075).plus(-Ball(1).scaled(byPowerOfTwo: -1200))
    #expect(ball.nearestDouble() == .leastNonzeroMagnitude)
    let float = Ball(3).scaled(byPowerOfTwo: -150).plus(-Ball(1).scaled(byPowerOfTwo: -300))
    #expect(float.nearestFloat() == .leastNonzeroMagnitude)
  }

  @Test("a vector names its first undecided element")
  func undecided() throws {
    let tie = Ball(1 + 0x1p-53 as Double).plus(Ball(0x1p-53))
    let wide = Ball(1).plus(Ball(0x1p-53)).plus(.noise(exponent: -70))
    #expect(try BallVector([tie, .one]).nearestDoubles().count == 2)
    #expect(try BallVector([0.1, -3]).nearestDoubles() == [0.1, -3])
    #expect(try BallVector([0.1, -3]).nearestFloats() == [0.1, -3])
    #expect(try BallVector([wide, wide]).nearestFloats() == [1, 1])
    let error = #expect(throws: BallError.self) {
      try BallVector([.one, wide, Ball(Double.nan)]).nearestDoubles()
    }
    #expect(error?.code == .undecided)
    #expect(error?.index == 1)
    #expect(error?.description.contains("Double") == true)
    let notFinite = #expect(throws: BallError.self) {
      try BallVector([.one, .zero, Ball.one.divided(by: .zero, precision: 64)]).nearestFloats()
    }
    #expect(notFinite?.code == .notFinite)
    #expect(notFinite?.index == 2)
  }
}
