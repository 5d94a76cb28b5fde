internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

/// The floating-point number nearest to a binary number x, ties to even.
///
/// x is written in units 2^u of the last place of its own binade, u ≥ −1074 for `Double` and
/// ≥ −149 for `Float`, and rounded once, to an integer of at most 53 or 24 bits that the scaling
/// back leaves as it is. So a subnormal is rounded once too, unlike by a rounding to a full
/// significand first, and a `Float` never passes through a `Double`. A result past the greatest
/// finite number is an infinity by IEEE 754's rule; zero is +0 whatever the sign of x.
func nearest<Value: BinaryFloatingPoint>(_ number: arf_struct) -> Value {
  var x = number
  let precision = Value.significandBitCount + 1
  let leastExponent = Int(Value.leastNonzeroMagnitude.exponent)
  let overflowExponent = Int(Value.greatestFiniteMagnitude.exponent) + 1

  guard arf_is_nan(&x) == 0 else { return .nan }
  let isNegative = arf_sgn(&x) < 0
  guard arf_cmpabs_2exp_si(&x, overflowExponent) < 0 else {
    return isNegative ? -.infinity : .infinity
  }
  // Half the least magnitude is a tie, and zero is its even neighbour.
  guard arf_cmpabs_2exp_si(&x, leastExponent - 1) > 0 else { return 0 }

  // |x| < 2^exponent, and not by a factor of two.
  let exponent = arf_abs_bound_lt_2exp_si(&x)
  let unit = max(exponent - precision, leastExponent)
  var scaled = arf_struct()
  arf_init(&scaled)
  defer { arf_clear(&scaled) }
  arf_mul_2exp_si(&scaled, &x, -unit)
  let units = arf_get_si(&scaled, ARF_RND_NEAR)
  return Value(
    sign: isNegative ? .minus : .plus, exponent: Value.Exponent(unit),
    significand: Value(units.magnitude))
}

/// The floating-point number that both ends of a ball, and so every number in it, round to; nil
/// where they differ or the ball is not finite.
///
/// Rounding is monotone, so the ends decide. They are taken outwards: first with bits that need no memory of their
/// own, and where those do not decide with 64 bits more than the midpoint has. A midpoint and a radius whose
/// exponents lie a million apart cost no million bits.
func nearestToAll<Value: BinaryFloatingPoint>(_ ball: UnsafePointer<Arb>) -> Value? {
  guard arb_is_finite(ball) != 0 else { return nil }
  return nearestToAll(ball, bits: 128) ?? nearestToAll(ball, bits: arb_bits(ball) + 64)
}

/// The same with ends of so many bits.
private func nearestToAll<Value: BinaryFloatingPoint>(
  _ ball: UnsafePointer<Arb>, bits: Int
) -> Value? {
  var end = arf_struct()
  arf_init(&end)
  defer { arf_clear(&end) }
  arb_get_lbound_arf(&end, ball, bits)
  let lower: Value = nearest(end)
  arb_get_ubound_arf(&end, ball, bits)
  let upper: Value = nearest(end)
  return lower == upper ? lower : nil
}

extension Ball {
  /// The double that every number in the ball rounds to (to nearest, ties to even, subnormals and
  /// overflow by IEEE 754), or nil where the ball does not decide it.
  ///
  /// Zero is +0, also from below.
  public func nearestDouble() -> Double? { storage.read { nearestToAll($0) } }

  /// The float that every number in the ball rounds to (to nearest, ties to even, subnormals and
  /// overflow by IEEE 754), or nil where the ball does not decide it.
  ///
  /// Rounded once, never through a double. Zero is +0, also from below.
  public func nearestFloat() -> Float? { storage.read { nearestToAll($0) } }
}

extension BallVector {
  /// The double nearest to each midpoint, as `Ball.midpoint`.
  public var midpoints: [Double] {
    storage.read { elements in (0..<count).map { nearest(elements[$0].mid) } }
  }

  /// The double that a ball rounds to, as `Ball.nearestDouble()`.
  public func nearestDouble(at index: Int) -> Double? {
    precondition(0 <= index && index < count, "element \(index) of \(count)")
    return storage.read { nearestToAll($0 + index) }
  }

  /// The double that each ball rounds to, as `Ball.nearestDouble()`.
  ///
  /// - Throws: `BallError` naming the first element whose ball does not decide it.
  public func nearestDoubles() throws(BallError) -> [Double] { try nearestValues() }

  /// The float that each ball rounds to, as `Ball.nearestFloat()`.
  ///
  /// - Throws: `BallError` naming the first element whose ball does not decide it.
  public func nearestFloats() throws(BallError) -> [Float] { try nearestValues() }

  private func nearestValues<Value: BinaryFloatingPoint>() throws(BallError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    for index in 0..<count {
      guard let value: Value = storage.read({ nearestToAll($0 + index) }) else {
        throw BallError(undecided: self[index], index: index, as: Value.self)
      }
      values.append(value)
    }
    return values
  }
}
