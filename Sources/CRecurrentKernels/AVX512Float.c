// AVX-512 as of Skylake's servers: 32 vectors of 512 bits.

#include "Float.h"

#if defined(__x86_64__)
#define INSTRUCTION_SET avx512
#define VECTOR_BYTES 64
#define ROWS_AT_ONCE 8

#pragma clang attribute push(                                                                  \
    __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx512cd,avx2,fma,bmi2"))),      \
    apply_to = function)
#include "Kernels.h"
#pragma clang attribute pop
#endif
