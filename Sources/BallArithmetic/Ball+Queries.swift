internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

extension Ball {
  /// Whether the radius is zero and the ball one number.
  public var isExact: Bool { holds(arb_is_exact) }

  /// Whether neither the midpoint nor the radius is infinite or undefined.
  public var isFinite: Bool { holds(arb_is_finite) }

  /// Whether the ball is exactly 0.
  public var isZero: Bool { holds(arb_is_zero) }

  /// Whether every number in the ball is above zero.
  public var isPositive: Bool { holds(arb_is_positive) }

  /// Whether every number in the ball is below zero.
  public var isNegative: Bool { holds(arb_is_negative) }

  /// Whether zero is in the ball.
  public var containsZero: Bool { holds(arb_contains_zero) }

  /// Whether a double is in the ball; a NaN is in none.
  public func contains(_ value: Double) -> Bool {
    !value.isNaN && contains(Ball(value))
  }

  /// Whether every number of another ball is in this one.
  public func contains(_ other: Ball) -> Bool { holds(arb_contains, with: other) }

  /// Whether the balls share a number; two that do not are two different numbers.
  public func overlaps(_ other: Ball) -> Bool { holds(arb_overlaps, with: other) }

  /// The double nearest to the midpoint, ties to even; an infinity where it is out of range.
  public var midpoint: Double { storage.read { nearest($0.pointee.mid) } }

  /// An upper bound of the radius: the radius itself from 2^−1000 to 2^1000, and 2^−1000 or
  /// infinity where it is below or above; 0 only where it is 0.
  public var radius: Double {
    storage.read { ball in
      var radius = ball.pointee.rad
      return mag_get_d(&radius)
    }
  }

  /// About how many leading bits of the midpoint are right: −log₂ of the relative error, rounded.
  ///
  /// Enormous where the ball is exact, enormously negative where it is not finite.
  public var accuracyBits: Int { storage.read { arb_rel_accuracy_bits($0) } }

  private func holds(_ predicate: (UnsafePointer<Arb>) -> CInt) -> Bool {
    storage.read { predicate($0) != 0 }
  }

  private func holds(
    _ relation: (UnsafePointer<Arb>, UnsafePointer<Arb>) -> CInt, with other: Ball
  ) -> Bool {
    storage.read { one in other.storage.read { other in relation(one, other) != 0 } }
  }
}
