internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

/// Writes f(x), rounded to a number of bits, to a ball that is not the argument's own.
typealias ElementaryFunction = (
  _ result: UnsafeMutablePointer<Arb>, _ argument: UnsafePointer<Arb>, _ bits: Int
) -> Void

/// Writes a ∘ b, rounded to a number of bits.
typealias BinaryOperation = (
  _ result: UnsafeMutablePointer<Arb>, _ one: UnsafePointer<Arb>, _ other: UnsafePointer<Arb>,
  _ bits: Int
) -> Void

/// −x, exactly.
func negation(_ result: UnsafeMutablePointer<Arb>, _ argument: UnsafePointer<Arb>, _ bits: Int) {
  arb_neg(result, argument)
}

/// |x|: the same radius around the midpoint's magnitude, exactly.
func absoluteValue(
  _ result: UnsafeMutablePointer<Arb>, _ argument: UnsafePointer<Arb>, _ bits: Int
) {
  arb_abs(result, argument)
}

/// σ(x) = 1 / (1 + e^{−x}).
///
/// 1 + e^{−x} has no cancellation, so the result keeps its relative accuracy for both signs of x.
/// Where e^{−x} is past what Arb evaluates (x below about −2^128), the ball of e^x reaches down to
/// zero, and since 0 < σ(x) < e^x it encloses σ(x) as well.
func logistic(
  _ result: UnsafeMutablePointer<Arb>, _ argument: UnsafePointer<Arb>, _ bits: Int
) {
  let guardBits = 4
  arb_neg(result, argument)
  arb_exp(result, result, bits + guardBits)
  arb_add_si(result, result, 1, bits + guardBits)
  arb_ui_div(result, 1, result, bits)
  guard arb_is_finite(result) == 0, arb_is_negative(argument) != 0 else { return }
  arb_exp(result, argument, bits)
  if arb_contains_zero(result) == 0 { arb_indeterminate(result) }
}

/// max(x, 0), without losing bits.
///
/// x itself where its ball has no negative number, exactly 0 where it has no positive one, and
/// [0, m + r] in between.
func rectifier(
  _ result: UnsafeMutablePointer<Arb>, _ argument: UnsafePointer<Arb>, _ bits: Int
) {
  arb_nonnegative_part(result, argument)
}

/// 1 where x is above zero, 0 where it is below or exactly zero, and otherwise not finite.
func unitStep(
  _ result: UnsafeMutablePointer<Arb>, _ argument: UnsafePointer<Arb>, _ bits: Int
) {
  if arb_is_positive(argument) != 0 {
    arb_one(result)
  } else if arb_is_negative(argument) != 0 || arb_is_zero(argument) != 0 {
    arb_zero(result)
  } else {
    arb_indeterminate(result)
  }
}
