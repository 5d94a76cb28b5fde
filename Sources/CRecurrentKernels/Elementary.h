// σ and tanh of one number, without a branch, so that the compiler makes vectors of them.
//
// Both come from e^y − 1 of a y ≤ 0, by y = k ln 2 + r with |r| ≤ ½ ln 2 and the series of e^r − 1. Beside the
// long double functions of glibc the largest errors seen were 2.5 ulp (tanh) and 2.3 ulp (σ) in double, and
// over one in 17 of all floats 2.5 and 2.4.

// 1.5 · 2^p with p the bits of the fraction: added to a number it rounds it to an integer, which then
// stands in the lowest bits.
static const real rounder = ROUNDER;

INLINE real power(real rounded) {
  // 2^k of a k to which the rounder was added.
  integer bits;
  real power;
  __builtin_memcpy(&bits, &rounded, sizeof bits);
  bits = (integer)(((unsigned_integer)bits + EXPONENT_BIAS) << FRACTION_BITS);
  __builtin_memcpy(&power, &bits, sizeof power);
  return power;
}

// e^y − 1 = 2^k (1 + p) − 1: p, and k with the rounder added to it.
INLINE real reduced(real y, real *rounded) {
  *rounded = y * LOG2_E + rounder;
  const real k = *rounded - rounder;
  const real r = (y - k * LN2_HIGH) - k * LN2_LOW;
  return r + (r * r) * SERIES(r);
}

INLINE real tanh_of(real x) {
  // From TANH_IS_ONE on tanh is 1; NaN stays what it is.
  const real size = ABSOLUTE(x) > TANH_IS_ONE ? TANH_IS_ONE : ABSOLUTE(x);
  real rounded;
  const real p = reduced(-2 * size, &rounded);
  const real scale = power(rounded);
  const real t = scale * p + (scale - 1);
  return COPY_SIGN(-t / (t + 2), x);
}

INLINE real sigmoid_of(real a) {
  // e^−EXP_IS_ZERO is 0. 2^k in two halves, for results below the smallest normal number.
  const real size = ABSOLUTE(a) > EXP_IS_ZERO ? EXP_IS_ZERO : ABSOLUTE(a);
  real rounded;
  const real p = reduced(-size, &rounded);
  const real k = rounded - rounder;
  const real half = k * HALF + rounder;
  const real scale = power(half);
  const real rest = power((k - (half - rounder)) + rounder);
  const real e = (scale + scale * p) * rest;
  return (a < 0 ? e : 1) / (1 + e);
}
