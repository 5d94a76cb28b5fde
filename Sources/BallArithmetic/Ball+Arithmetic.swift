internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

extension Ball {
  /// a + b.
  public func adding(_ other: Ball, precision: Precision) -> Ball {
    combined(with: other, arb_add, precision)
  }

  /// a − b.
  public func subtracting(_ other: Ball, precision: Precision) -> Ball {
    combined(with: other, arb_sub, precision)
  }

  /// a · b.
  public func multiplied(by other: Ball, precision: Precision) -> Ball {
    combined(with: other, arb_mul, precision)
  }

  /// a ÷ b; not finite where the ball of `b` contains zero.
  public func divided(by other: Ball, precision: Precision) -> Ball {
    combined(with: other, arb_div, precision)
  }

  /// −a, exactly.
  public static prefix func - (operand: Ball) -> Ball {
    operand.applying(negation, .least)
  }

  /// |a|: the same radius around the midpoint's magnitude, exactly.
  public var magnitude: Ball {
    applying(absoluteValue, .least)
  }

  /// a · 2^exponent, exactly.
  public func scaled(byPowerOfTwo exponent: Int) -> Ball {
    applying({ result, argument, _ in arb_mul_2exp_si(result, argument, exponent) }, .least)
  }
}
