#ifndef RNNCHECK_CDIFFERENCES_H
#define RNNCHECK_CDIFFERENCES_H

#include <stddef.h>

// Differences of one signal's units at a step by several numbers, beside the gradients of a backward pass.
typedef struct {
  // By unit a row of `width` outputs: of each point of the stencil one for every number, `between` apart.
  const double *_Nonnull outputs;
  ptrdiff_t width, between;
  // By unit the output where no number is moved.
  const double *_Nonnull unchanged;
  // By unit a row, `stride` apart, with the gradient by every number.
  const double *_Nonnull gradients;
  ptrdiff_t stride;
  ptrdiff_t units, numbers;
} differences_of_signal;

// The first unit from `first` on with a gradient g of which
//
//     |g − D| ≤ share · (error of D + acceptance)
//
// is not so, NaN among them; `units` where there is none. D is the difference and its error that of the
// stencil: (o₀ − o₁) · scale and |(o₀ − o) + (o₁ − o)| · scale of the central one, (8 (o₀ − o₁) − (o₂ − o₃)) · scale
// and how far it is from (8 (o₂ − o₃) − (o₄ − o₅)) · scale/2 of the five-point one.
ptrdiff_t central_differences_beyond(
    const differences_of_signal *_Nonnull signal, ptrdiff_t first, double scale, double acceptance,
    double share);
ptrdiff_t five_point_differences_beyond(
    const differences_of_signal *_Nonnull signal, ptrdiff_t first, double scale, double acceptance,
    double share);

// Adds numbers to sums and their absolute values to others.
void add_with_sizes(
    ptrdiff_t count, const double *_Nonnull numbers, double *_Nonnull sums, double *_Nonnull sizes);

#endif
