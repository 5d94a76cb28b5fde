// The kernels of one precision (Double.h or Float.h) in one instruction set, as a table. Before it is
// included INSTRUCTION_SET is the set's name, VECTOR_BYTES the size of its registers and ROWS_AT_ONCE how
// many rows of a product fit into them.

// A product and a sum become one operation where the instruction set has it.
#pragma STDC FP_CONTRACT ON

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
// What is written at k may lie where k was read, and nowhere else.
#define VECTORIZE _Pragma("clang loop vectorize(assume_safety) interleave_count(1)")

#include "Elementary.h"
#include "Product.h"
#include "Steps.h"

const kernels TABLE(INSTRUCTION_SET) = {
    .panel = panel,
    .pack = pack,
    .multiply = multiply,
    .forward = {[RECURRENT_LSTM] = lstm_forward, [RECURRENT_GRU] = gru_forward},
    .backward = {[RECURRENT_LSTM] = lstm_backward, [RECURRENT_GRU] = gru_backward},
    .hyperbolicTangent = tangents,
    .logistic = sigmoids,
};
