import BallArithmetic

/// SplitMix64: the same numbers from the same seed on every platform.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A double of either sign whose binade is drawn from a range.
  mutating func double(exponents: ClosedRange<Int>) -> Double {
    let magnitude = Double(
      sign: .plus, exponent: .random(in: exponents, using: &self),
      significand: .random(in: 1..<2, using: &self))
    return Bool.random(using: &self) ? magnitude : -magnitude
  }
}

extension Ball {
  /// A ball around zero that is not exact: the width of 1/3, less itself, scaled to a binade.
  static func noise(exponent: Int) -> Ball {
    let third = Ball(numerator: 1, denominator: 3, precision: 64)
    return third.subtracting(third, precision: 64).scaled(byPowerOfTwo: 64 + exponent)
  }

  /// a + b without rounding.
  func plus(_ other: Ball) -> Ball { adding(other, precision: 100_000) }

  /// Whether both balls are one and the same number.
  func isExactly(_ other: Ball) -> Bool {
    isExact && other.isExact && subtracting(other, precision: 100_000).isZero
  }

  /// Whether both balls have the same midpoint and, as far as containment tells, the same radius.
  func isIdentical(to other: Ball) -> Bool { contains(other) && other.contains(self) }
}
