// The tables of kernels by instruction set, for Dispatch.c.

#ifndef RNNCHECK_TABLES_H
#define RNNCHECK_TABLES_H

#include "CRecurrentKernels.h"

#define JOIN_NAMES(a, b) a##_##b
#define JOIN(a, b) JOIN_NAMES(a, b)

extern const recurrent_kernels_f64 recurrent_f64_baseline;
extern const recurrent_kernels_f32 recurrent_f32_baseline;

#if defined(__x86_64__)
extern const recurrent_kernels_f64 recurrent_f64_avx2, recurrent_f64_avx512;
extern const recurrent_kernels_f32 recurrent_f32_avx2, recurrent_f32_avx512;
#endif

#endif
