// Double precision, for Kernels.h.

#include <stddef.h>
#include <stdint.h>

#include "Tables.h"

typedef double real;
typedef int64_t integer;
typedef uint64_t unsigned_integer;
typedef recurrent_kernels_f64 kernels;

#define TABLE(set) JOIN(recurrent_f64, set)

#define FRACTION_BITS 52
#define EXPONENT_BIAS 1023
#define ROUNDER 0x1.8p52
#define LOG2_E 0x1.71547652b82fep0
// ln 2 in two parts, the first of so few bits that its product with every k is exact.
#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW 0x1.a39ef35793c76p-33
#define HALF 0.5
#define TANH_IS_ONE 20.0
#define EXP_IS_ZERO 750.0
#define ABSOLUTE __builtin_fabs
#define COPY_SIGN __builtin_copysign

// (e^r − 1 − r) / r², to r^11 / 13!.
#define SERIES(r)                                                                                    \
  (((((((((((1.0 / 6227020800 * r + 1.0 / 479001600) * r + 1.0 / 39916800) * r + 1.0 / 3628800) * r  \
          + 1.0 / 362880) * r + 1.0 / 40320) * r + 1.0 / 5040) * r + 1.0 / 720) * r + 1.0 / 120) * r \
     + 1.0 / 24) * r + 1.0 / 6) * r + 0.5)
