// What every machine of the architecture has: SSE2, or NEON, of vectors of 128 bits.

#include "Float.h"

#define INSTRUCTION_SET baseline
#define VECTOR_BYTES 16
#if defined(__aarch64__)
#define ROWS_AT_ONCE 8
#else
#define ROWS_AT_ONCE 4
#endif

#include "Kernels.h"
