// Chooses the kernels of the widest instruction set that the machine has.

#include "Tables.h"

#if defined(__x86_64__)
static int has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
      && __builtin_cpu_supports("bmi2");
}

static int has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512cd");
}

#define CHOOSE(precision)                                    \
  __builtin_cpu_init();                                      \
  if (has_avx512()) return &JOIN(recurrent_##precision, avx512); \
  if (has_avx2()) return &JOIN(recurrent_##precision, avx2);
#else
#define CHOOSE(precision)
#endif

const recurrent_kernels_f64 *recurrent_kernels_of_f64(void) {
  CHOOSE(f64)
  return &recurrent_f64_baseline;
}

const recurrent_kernels_f32 *recurrent_kernels_of_f32(void) {
  CHOOSE(f32)
  return &recurrent_f32_baseline;
}
