// Compiled for several instruction sets where the linker can choose among them when a program starts.

#include "CDifferences.h"

#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDEST
#endif
#define INLINE static inline __attribute__((always_inline))

INLINE int is_central_within(
    const differences_of_signal *signal, ptrdiff_t unit, ptrdiff_t numbers, double scale,
    double acceptance, double share) {
  const double *o0 = signal->outputs + unit * signal->width, *o1 = o0 + signal->between;
  const double *gradients = signal->gradients + unit * signal->stride;
  const double unchanged = signal->unchanged[unit];
  int within = 1;
  for (ptrdiff_t k = 0; k < numbers; k++) {
    const double difference = (o0[k] - o1[k]) * scale;
    const double error = __builtin_fabs((o0[k] - unchanged) + (o1[k] - unchanged)) * scale;
    within &= __builtin_fabs(gradients[k] - difference) <= share * (error + acceptance);
  }
  return within;
}

INLINE int is_five_point_within(
    const differences_of_signal *signal, ptrdiff_t unit, ptrdiff_t numbers, double scale,
    double acceptance, double share) {
  const ptrdiff_t between = signal->between;
  const double *o0 = signal->outputs + unit * signal->width, *o1 = o0 + between, *o2 = o1 + between;
  const double *o3 = o2 + between, *o4 = o3 + between, *o5 = o4 + between;
  const double *gradients = signal->gradients + unit * signal->stride;
  int within = 1;
  for (ptrdiff_t k = 0; k < numbers; k++) {
    const double middle = o2[k] - o3[k];
    const double difference = (8 * (o0[k] - o1[k]) - middle) * scale;
    const double wider = (8 * middle - (o4[k] - o5[k])) * (scale / 2);
    const double error = __builtin_fabs(difference - wider);
    within &= __builtin_fabs(gradients[k] - difference) <= share * (error + acceptance);
  }
  return within;
}

// The gradients by the next numbers, which are compared next: rows are so far apart that nothing else brings them
// near in time.
INLINE void prefetch_next(const differences_of_signal *signal, ptrdiff_t unit) {
  const double *next = signal->gradients + unit * signal->stride + signal->numbers;
  __builtin_prefetch(next, 0, 2);
  __builtin_prefetch(next + signal->numbers - 1, 0, 2);
}

// The loop over the units, with numbers of a count that the compiler knows where it is that of a whole tile.
#define FIRST_BEYOND(is_within, count)                                                       \
  for (ptrdiff_t unit = first; unit < signal->units; unit++) {                               \
    prefetch_next(signal, unit);                                                             \
    if (!is_within(signal, unit, count, scale, acceptance, share)) return unit;              \
  }                                                                                          \
  return signal->units

WIDEST ptrdiff_t central_differences_beyond(
    const differences_of_signal *signal, ptrdiff_t first, double scale, double acceptance,
    double share) {
  switch (signal->numbers) {
    case 12: FIRST_BEYOND(is_central_within, 12);
    case 6: FIRST_BEYOND(is_central_within, 6);
    default: FIRST_BEYOND(is_central_within, signal->numbers);
  }
}

WIDEST ptrdiff_t five_point_differences_beyond(
    const differences_of_signal *signal, ptrdiff_t first, double scale, double acceptance,
    double share) {
  switch (signal->numbers) {
    case 4: FIRST_BEYOND(is_five_point_within, 4);
    case 2: FIRST_BEYOND(is_five_point_within, 2);
    default: FIRST_BEYOND(is_five_point_within, signal->numbers);
  }
}

WIDEST void add_with_sizes(
    ptrdiff_t count, const double *numbers, double *sums, double *sizes) {
  for (ptrdiff_t k = 0; k < count; k++) {
    sums[k] += numbers[k];
    sizes[k] += __builtin_fabs(numbers[k]);
  }
}
