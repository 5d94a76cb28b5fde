internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

/// A real number known to lie within a radius of a midpoint: [m − r, m + r].
///
/// The midpoint is a binary number of any length and any exponent, the radius an upper bound of 30
/// bits. Every operation returns a ball that contains the result for every number in its operands'
/// balls. A ball is a value: it never changes once made.
///
/// An operation without a result for some number of its operand (a quotient whose divisor's ball
/// contains zero, a square root of a ball that reaches below zero) returns a ball that is not
/// finite; it never traps. So does a function whose operand is too wide to say anything.
public struct Ball: Sendable {
  /// One ball, never written to once `self` is initialized.
  let storage: BallStorage

  /// A ball that `write` fills; it is given a zero.
  init(_ write: (UnsafeMutablePointer<Arb>) -> Void) {
    storage = BallStorage(count: 1)
    storage.write(write)
  }

  /// f(a).
  func applying(_ function: ElementaryFunction, _ precision: Precision) -> Ball {
    storage.read { argument in Ball { function($0, argument, precision.bits) } }
  }

  /// a ∘ b.
  func combined(
    with other: Ball, _ operation: BinaryOperation, _ precision: Precision
  ) -> Ball {
    storage.read { one in
      other.storage.read { other in Ball { operation($0, one, other, precision.bits) } }
    }
  }

  /// An integer, exactly.
  public init(_ value: Int) {
    self.init { arb_set_si($0, value) }
  }

  /// A double, exactly; an infinity or a NaN gives a ball that is not finite.
  public init(_ value: Double) {
    self.init { arb_set_d($0, value) }
  }

  /// A float, exactly; an infinity or a NaN gives a ball that is not finite.
  public init(_ value: Float) {
    self.init(Double(value))
  }

  /// A quotient of integers; not finite where `denominator` is zero.
  public init(numerator: Int, denominator: Int, precision: Precision) {
    self.init { quotient in
      arb_set_si(quotient, numerator)
      arb_div_si(quotient, quotient, denominator, precision.bits)
    }
  }

  /// 0, exactly.
  public static let zero = Ball(0)

  /// 1, exactly.
  public static let one = Ball(1)
}
