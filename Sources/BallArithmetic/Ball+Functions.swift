internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

extension Ball {
  /// e^x.
  public func exp(precision: Precision) -> Ball { applying(arb_exp, precision) }

  /// The natural logarithm of x; not finite where the ball contains a number that is not positive.
  public func log(precision: Precision) -> Ball { applying(arb_log, precision) }

  /// tanh(x) = (e^{2x} − 1) / (e^{2x} + 1).
  public func tanh(precision: Precision) -> Ball { applying(arb_tanh, precision) }

  /// σ(x) = 1 / (1 + e^{−x}), accurate relative to the result however large x is of either sign.
  public func logistic(precision: Precision) -> Ball {
    applying(BallArithmetic.logistic, precision)
  }

  /// √x; not finite where the ball contains a negative number.
  public func squareRoot(precision: Precision) -> Ball { applying(arb_sqrt, precision) }

  /// max(x, 0), exactly where the ball is all on one side of zero.
  public func relu() -> Ball { applying(rectifier, .least) }
}
