// Single precision, for Kernels.h.

#include <stddef.h>
#include <stdint.h>

#include "Tables.h"

typedef float real;
typedef int32_t integer;
typedef uint32_t unsigned_integer;
typedef recurrent_kernels_f32 kernels;

#define TABLE(set) JOIN(recurrent_f32, set)

#define FRACTION_BITS 23
#define EXPONENT_BIAS 127
#define ROUNDER 0x1.8p23f
#define LOG2_E 0x1.715476p0f
// ln 2 in two parts, the first of so few bits that its product with every k is exact.
#define LN2_HIGH 0x1.62e4p-1f
#define LN2_LOW 0x1.7f7d1cp-20f
#define HALF 0.5f
#define TANH_IS_ONE 10.0f
#define EXP_IS_ZERO 105.0f
#define ABSOLUTE __builtin_fabsf
#define COPY_SIGN __builtin_copysignf

// (e^r − 1 − r) / r², to r^6 / 8!.
#define SERIES(r)                                                                                    \
  ((((((1.0f / 40320 * r + 1.0f / 5040) * r + 1.0f / 720) * r + 1.0f / 120) * r + 1.0f / 24) * r     \
    + 1.0f / 6) * r + 0.5f)
