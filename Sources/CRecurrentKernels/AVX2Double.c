// AVX2 with FMA: 16 vectors of 256 bits.

#include "Double.h"

#if defined(__x86_64__)
#define INSTRUCTION_SET avx2
#define VECTOR_BYTES 32
#define ROWS_AT_ONCE 4

#pragma clang attribute push(__attribute__((target("avx2,fma,bmi2"))), apply_to = function)
#include "Kernels.h"
#pragma clang attribute pop
#endif
