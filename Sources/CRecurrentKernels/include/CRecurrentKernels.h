#ifndef RNNCHECK_CRECURRENTKERNELS_H
#define RNNCHECK_CRECURRENTKERNELS_H

#include <stddef.h>

// The loops of gated cells, compiled for several instruction sets; the one that the machine has is chosen
// when the table is asked for. Every pointer is to contiguous numbers. Every result depends on its own
// operands alone, not on where it stands among the others.

// The equations of one step, element by element, of a family of cells.
typedef enum {
  // Signals i f o g c h, states c h, a block for each gate:
  // i = σ(a0)  f = σ(a1)  o = σ(a2)  g = tanh(a3)  c = f c′ + i g  h = o tanh(c)
  RECURRENT_LSTM = 0,
  // Signals z r h̃ h, state h:
  // z = σ(a0)  r = σ(a1)  h̃ = tanh(r a2 + a3)  h = (1 − z) h′ + z h̃
  RECURRENT_GRU = 1,
  RECURRENT_FAMILIES = 2,
} recurrent_family;

#define RECURRENT_KERNELS(name, real)                                                                  \
  typedef struct {                                                                                     \
    /* The columns of a panel of a packed matrix. */                                                   \
    ptrdiff_t panel;                                                                                   \
    /* B [depth, columns] into panels of columns, the last one filled up with zeros. */                \
    void (*_Nonnull pack)(                                                                             \
        ptrdiff_t depth, ptrdiff_t columns, const real *_Nonnull b, ptrdiff_t depthStride,             \
        ptrdiff_t columnStride, real *_Nonnull packed);                                                \
    /* C ← C + A·B, every element summed in the order of the depth; from one number for every row or for\
       every column on, where such are given. */                                                       \
    void (*_Nonnull multiply)(                                                                         \
        ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const real *_Nonnull a,                    \
        ptrdiff_t rowStride, ptrdiff_t depthStride, const real *_Nonnull packed,                       \
        const real *_Nullable rowStarts, const real *_Nullable columnStarts, real *_Nonnull c,         \
        ptrdiff_t cStride);                                                                            \
    /* n units of a step: from the blocks a0, a1 … (`blocks` and every `stride` after it) and the      \
       states before to the signals, which may lie where the blocks are. */                            \
    void (*_Nonnull forward[RECURRENT_FAMILIES])(                                                      \
        ptrdiff_t n, const real *_Nonnull blocks, ptrdiff_t stride,                                    \
        const real *_Nonnull const *_Nonnull before, ptrdiff_t beforeOffset,                           \
        real *_Nonnull const *_Nonnull signals, ptrdiff_t offset);                                     \
    /* n units of a step back. `gradients`: of every signal what arrives from its own step, then the   \
       whole; of a gate it is the gradient of its block. `block`: of the GRU a2, then its gradient.    \
       `carry`: of every state what arrives from the next step, then what goes on to the one before    \
       by no matrix. */                                                                                \
    void (*_Nonnull backward[RECURRENT_FAMILIES])(                                                     \
        ptrdiff_t n, const real *_Nonnull const *_Nonnull signals, ptrdiff_t offset,                   \
        const real *_Nonnull const *_Nonnull before, ptrdiff_t beforeOffset,                           \
        real *_Nonnull const *_Nonnull gradients, real *_Nullable block,                               \
        real *_Nonnull const *_Nonnull carry, ptrdiff_t carryOffset);                                  \
    /* y ← tanh(y). */                                                                                 \
    void (*_Nonnull hyperbolicTangent)(ptrdiff_t n, real *_Nonnull y);                                 \
    /* y ← σ(y). */                                                                                    \
    void (*_Nonnull logistic)(ptrdiff_t n, real *_Nonnull y);                                          \
  } name

RECURRENT_KERNELS(recurrent_kernels_f64, double);
RECURRENT_KERNELS(recurrent_kernels_f32, float);

// The loops for this machine; the same table every time.
const recurrent_kernels_f64 *_Nonnull recurrent_kernels_of_f64(void);
const recurrent_kernels_f32 *_Nonnull recurrent_kernels_of_f32(void);

#endif
