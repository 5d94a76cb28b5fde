// Made by 'rnncheck mutate --measure-flags'; see MeasuredFlags.

/// The measured flags of all fixtures, case by case.
let measuredFlags = """
  case generic
    of cs224d-gru cs224d-gru/reset-before padhai-gru
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY CLIP PRECISION ALIASING
    of cs224d-gru+bidirectional cs224d-gru+deep-2
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH
    are EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY CLIP PRECISION OVERFLOW
    are ALIASING
    of cs224d-lstm donahue-lstm padhai-lstm padhai-lstm/identity-output
    of padhai-lstm/linear-write padhai-lstm/logistic-output padhai-lstm/softmax-output
    are GATE_ORDER Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of cs224d-rnn cs224d-rnn/softmax delayed-rnn skip-rnn
    are DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY
    are PRECISION ALIASING
    of donahue-lstm+bidirectional
    are GATE_ORDER Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY CLIP PRECISION OVERFLOW ALIASING
    of donahue-lstm+deep-2
    are GATE_ORDER Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION OVERFLOW ALIASING
    of donahue-rnn padhai-rnn padhai-rnn/identity-output padhai-rnn/logistic-output
    are BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY CLIP PRECISION ALIASING
    of elman-relu elman-tanh elman-tanh/deep knight-rnn knight-rnn/one-to-many
    are DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY
    are CLIP PRECISION ALIASING
    of elman-tanh/bidirectional elman-tanh/deep-bidirectional
    are GATE_ORDER DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY CLIP PRECISION ALIASING
    of knight-lstm
    are GATE_ORDER Z_POLARITY DIRECTION TRANSPOSE ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of leaky-rnn leaky-rnn/fixed
    are Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PEEPHOLE PRECISION ALIASING
    of padhai-lstm/printed-candidate
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of padhai-rnn/classification padhai-rnn/classification-logistic
    are BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY CLIP PRECISION
    are ALIASING
  case square
    of cs224d-gru cs224d-gru/reset-before padhai-gru padhai-lstm/printed-candidate
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION TRANSPOSE ACTIVATION BATCH
    are EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of cs224d-gru+bidirectional cs224d-gru+deep-2
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION LAYOUT TRANSPOSE ACTIVATION
    are BATCH EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of cs224d-lstm donahue-lstm padhai-lstm padhai-lstm/identity-output
    of padhai-lstm/linear-write padhai-lstm/logistic-output padhai-lstm/softmax-output
    are GATE_ORDER Z_POLARITY BIAS DIRECTION TRANSPOSE ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of cs224d-rnn cs224d-rnn/softmax delayed-rnn elman-tanh elman-tanh/deep knight-rnn
    of knight-rnn/one-to-many skip-rnn
    are DIRECTION TRANSPOSE ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PRECISION ALIASING
    of donahue-lstm+bidirectional donahue-lstm+deep-2
    are GATE_ORDER Z_POLARITY BIAS DIRECTION LAYOUT TRANSPOSE ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of donahue-rnn padhai-rnn padhai-rnn/identity-output padhai-rnn/logistic-output
    are BIAS DIRECTION TRANSPOSE ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PRECISION ALIASING
    of elman-relu
    are DIRECTION TRANSPOSE ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY CLIP PRECISION ALIASING
    of elman-tanh/bidirectional elman-tanh/deep-bidirectional
    are GATE_ORDER DIRECTION TRANSPOSE ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PRECISION ALIASING
    of knight-lstm
    are GATE_ORDER Z_POLARITY DIRECTION TRANSPOSE ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of leaky-rnn leaky-rnn/fixed
    are Z_POLARITY BIAS DIRECTION TRANSPOSE ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PEEPHOLE PRECISION ALIASING
    of padhai-rnn/classification padhai-rnn/classification-logistic
    are BIAS DIRECTION TRANSPOSE ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY
    are PRECISION ALIASING
  case wide
    of cs224d-gru cs224d-gru/reset-before padhai-gru padhai-lstm/printed-candidate
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH
    are EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of cs224d-lstm donahue-lstm padhai-lstm padhai-lstm/identity-output
    of padhai-lstm/linear-write padhai-lstm/logistic-output padhai-lstm/softmax-output
    are GATE_ORDER Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of cs224d-rnn cs224d-rnn/softmax delayed-rnn elman-tanh elman-tanh/deep knight-rnn
    of knight-rnn/one-to-many skip-rnn
    are DIRECTION LAYOUT ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PRECISION ALIASING
    of donahue-rnn padhai-rnn padhai-rnn/identity-output padhai-rnn/logistic-output
    are BIAS DIRECTION LAYOUT ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PRECISION ALIASING
    of elman-relu
    are DIRECTION LAYOUT ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY CLIP PRECISION ALIASING
    of elman-tanh/bidirectional elman-tanh/deep-bidirectional
    are GATE_ORDER DIRECTION LAYOUT ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PRECISION ALIASING
    of knight-lstm
    are GATE_ORDER Z_POLARITY DIRECTION LAYOUT TRANSPOSE ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of leaky-rnn leaky-rnn/fixed
    are Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PEEPHOLE PRECISION ALIASING
    of padhai-rnn/classification padhai-rnn/classification-logistic
    are BIAS DIRECTION LAYOUT ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY PRECISION
    are ALIASING
  case one-step
    of cs224d-gru cs224d-gru+deep-2 cs224d-gru/reset-before padhai-gru
    of padhai-lstm/printed-candidate
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS INITIAL_STATE ACTIVATION BATCH
    are EQUATION_TERM COTANGENT_LINEARITY ALIASING
    of cs224d-gru+bidirectional
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS INITIAL_STATE ACTIVATION BATCH
    are EQUATION_TERM COTANGENT_LINEARITY PRECISION ALIASING
    of cs224d-lstm donahue-lstm donahue-lstm+deep-2 padhai-lstm padhai-lstm/identity-output
    of padhai-lstm/linear-write padhai-lstm/logistic-output padhai-lstm/softmax-output
    are GATE_ORDER Z_POLARITY BIAS INITIAL_STATE ACTIVATION BATCH EQUATION_TERM
    are COTANGENT_LINEARITY ALIASING
    of cs224d-rnn cs224d-rnn/softmax elman-relu elman-tanh elman-tanh/deep knight-rnn
    of knight-rnn/one-to-many
    are INITIAL_STATE ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY ALIASING
    of delayed-rnn skip-rnn
    are INITIAL_STATE ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY PRECISION ALIASING
    of donahue-lstm+bidirectional
    are GATE_ORDER Z_POLARITY BIAS INITIAL_STATE ACTIVATION BATCH EQUATION_TERM
    are COTANGENT_LINEARITY PRECISION ALIASING
    of donahue-rnn padhai-rnn padhai-rnn/classification padhai-rnn/classification-logistic
    of padhai-rnn/identity-output padhai-rnn/logistic-output
    are BIAS INITIAL_STATE ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY ALIASING
    of elman-tanh/bidirectional elman-tanh/deep-bidirectional
    are GATE_ORDER INITIAL_STATE ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY
    are PRECISION ALIASING
    of knight-lstm
    are GATE_ORDER Z_POLARITY INITIAL_STATE TRANSPOSE ACTIVATION BATCH EQUATION_TERM
    are COTANGENT_LINEARITY ALIASING
    of leaky-rnn leaky-rnn/fixed
    are Z_POLARITY BIAS INITIAL_STATE ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY
    are PEEPHOLE ALIASING
  case no-steps
    of cs224d-gru cs224d-gru+bidirectional cs224d-gru+deep-2 cs224d-gru/reset-before
    of cs224d-lstm cs224d-rnn cs224d-rnn/softmax delayed-rnn donahue-lstm
    of donahue-lstm+bidirectional donahue-lstm+deep-2 donahue-rnn elman-relu elman-tanh
    of elman-tanh/bidirectional elman-tanh/deep elman-tanh/deep-bidirectional knight-lstm
    of knight-rnn knight-rnn/one-to-many leaky-rnn leaky-rnn/fixed padhai-gru padhai-lstm
    of padhai-lstm/identity-output padhai-lstm/linear-write padhai-lstm/logistic-output
    of padhai-lstm/printed-candidate padhai-lstm/softmax-output padhai-rnn
    of padhai-rnn/identity-output padhai-rnn/logistic-output skip-rnn
    are EMPTY
    of padhai-rnn/classification padhai-rnn/classification-logistic
    are EMPTY COTANGENT_LINEARITY
  case one-unit
    of cs224d-gru cs224d-gru+bidirectional cs224d-gru+deep-2 cs224d-gru/reset-before
    of cs224d-lstm donahue-lstm donahue-lstm+bidirectional donahue-lstm+deep-2 padhai-gru
    of padhai-lstm padhai-lstm/identity-output padhai-lstm/linear-write
    of padhai-lstm/logistic-output padhai-lstm/softmax-output
    are GATE_ORDER Z_POLARITY BIAS RECURRENCE DIRECTION ACTIVATION EQUATION_TERM
    are COTANGENT_LINEARITY PRECISION ALIASING
    of cs224d-rnn cs224d-rnn/softmax delayed-rnn elman-tanh elman-tanh/deep knight-rnn
    of knight-rnn/one-to-many skip-rnn
    are RECURRENCE DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY PRECISION ALIASING
    of donahue-rnn padhai-rnn padhai-rnn/classification padhai-rnn/classification-logistic
    of padhai-rnn/identity-output padhai-rnn/logistic-output
    are BIAS RECURRENCE DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY PRECISION
    are ALIASING
    of elman-relu
    are DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY ALIASING
    of elman-tanh/bidirectional elman-tanh/deep-bidirectional
    are GATE_ORDER RECURRENCE DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY
    are PRECISION ALIASING
    of knight-lstm
    are GATE_ORDER Z_POLARITY RECURRENCE DIRECTION ACTIVATION EQUATION_TERM
    are COTANGENT_LINEARITY PRECISION ALIASING
    of leaky-rnn leaky-rnn/fixed
    are Z_POLARITY BIAS RECURRENCE DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY
    are PEEPHOLE PRECISION ALIASING
    of padhai-lstm/printed-candidate
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS RECURRENCE DIRECTION ACTIVATION
    are EQUATION_TERM COTANGENT_LINEARITY PRECISION ALIASING
  case saturated
    of cs224d-gru cs224d-gru/reset-before padhai-gru
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION ACTIVATION EQUATION_TERM
    are COTANGENT_LINEARITY CLIP PRECISION ALIASING
    of cs224d-lstm donahue-lstm padhai-lstm padhai-lstm/identity-output
    of padhai-lstm/logistic-output padhai-lstm/softmax-output
    are GATE_ORDER Z_POLARITY BIAS DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY
    are PRECISION ALIASING
    of cs224d-rnn cs224d-rnn/softmax delayed-rnn elman-relu skip-rnn
    are DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY CLIP PRECISION ALIASING
    of donahue-rnn padhai-rnn/classification padhai-rnn/classification-logistic
    are BIAS DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY ALIASING
    of elman-tanh elman-tanh/deep knight-rnn knight-rnn/one-to-many
    are DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY PRECISION ALIASING
    of elman-tanh/bidirectional elman-tanh/deep-bidirectional
    are GATE_ORDER DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY CLIP PRECISION
    are ALIASING
    of knight-lstm
    are GATE_ORDER Z_POLARITY DIRECTION TRANSPOSE ACTIVATION EQUATION_TERM
    are COTANGENT_LINEARITY PRECISION ALIASING
    of leaky-rnn leaky-rnn/fixed
    are Z_POLARITY BIAS DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY PEEPHOLE CLIP
    are PRECISION ALIASING
    of padhai-lstm/linear-write
    are GATE_ORDER Z_POLARITY BIAS DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY
    are CLIP PRECISION ALIASING
    of padhai-lstm/printed-candidate
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION ACTIVATION EQUATION_TERM
    are COTANGENT_LINEARITY PRECISION ALIASING
    of padhai-rnn padhai-rnn/identity-output padhai-rnn/logistic-output
    are BIAS DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY PRECISION ALIASING
  case tiny
    of cs224d-gru cs224d-gru/reset-before
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION BATCH EQUATION_TERM
    of cs224d-lstm
    are GATE_ORDER BIAS DIRECTION BATCH EQUATION_TERM
    of cs224d-rnn cs224d-rnn/softmax
    are EQUATION_TERM
    of delayed-rnn elman-tanh skip-rnn
    are EQUATION_TERM GRADIENT_ACCUMULATION
    of donahue-lstm knight-lstm
    are GATE_ORDER DIRECTION BATCH EQUATION_TERM
    of donahue-rnn padhai-rnn padhai-rnn/classification padhai-rnn/classification-logistic
    of padhai-rnn/identity-output padhai-rnn/logistic-output
    are BIAS DIRECTION ACTIVATION EQUATION_TERM PRECISION ALIASING
    of elman-relu
    are ACTIVATION EQUATION_TERM GRADIENT_ACCUMULATION PRECISION ALIASING
    of elman-tanh/bidirectional elman-tanh/deep-bidirectional
    are GATE_ORDER EQUATION_TERM GRADIENT_ACCUMULATION
    of elman-tanh/deep
    are EQUATION_TERM GRADIENT_ACCUMULATION ALIASING
    of knight-rnn knight-rnn/one-to-many
    are DIRECTION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    of leaky-rnn leaky-rnn/fixed
    are Z_POLARITY BIAS EQUATION_TERM PEEPHOLE
    of padhai-gru padhai-lstm/printed-candidate
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION ACTIVATION EQUATION_TERM
    are PRECISION ALIASING
    of padhai-lstm padhai-lstm/identity-output padhai-lstm/linear-write
    of padhai-lstm/logistic-output padhai-lstm/softmax-output
    are GATE_ORDER Z_POLARITY BIAS DIRECTION ACTIVATION EQUATION_TERM PRECISION ALIASING
  case last-step
    of cs224d-gru cs224d-gru/reset-before padhai-gru padhai-lstm/printed-candidate
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION
    of cs224d-gru+bidirectional
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH
    are EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION
    of cs224d-gru+deep-2
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH
    are EQUATION_TERM GRADIENT_ACCUMULATION TRUNCATED_BPTT COTANGENT_LINEARITY PRECISION
    of cs224d-lstm donahue-lstm padhai-lstm padhai-lstm/linear-write
    are GATE_ORDER Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION
    of cs224d-rnn cs224d-rnn/softmax elman-tanh elman-tanh/deep knight-rnn
    of knight-rnn/one-to-many
    are DIRECTION ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY PRECISION
    of delayed-rnn skip-rnn
    are DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY
    are PRECISION
    of donahue-lstm+bidirectional
    are GATE_ORDER Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION
    of donahue-lstm+deep-2
    are GATE_ORDER Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION TRUNCATED_BPTT COTANGENT_LINEARITY PRECISION
    of donahue-rnn padhai-rnn padhai-rnn/classification padhai-rnn/classification-logistic
    of padhai-rnn/identity-output padhai-rnn/logistic-output
    are BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY PRECISION
    of elman-relu
    are DIRECTION ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY CLIP PRECISION
    of elman-tanh/bidirectional elman-tanh/deep-bidirectional
    are GATE_ORDER DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PRECISION
    of knight-lstm
    are GATE_ORDER Z_POLARITY DIRECTION TRANSPOSE ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION
    of leaky-rnn leaky-rnn/fixed
    are Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PEEPHOLE PRECISION
    of padhai-lstm/identity-output padhai-lstm/logistic-output padhai-lstm/softmax-output
    are GATE_ORDER Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM
    are COTANGENT_LINEARITY PRECISION
  case final-states
    of cs224d-gru cs224d-gru/reset-before padhai-gru padhai-lstm/printed-candidate
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION
    of cs224d-gru+bidirectional
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH
    are EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION
    of cs224d-gru+deep-2
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH
    are EQUATION_TERM GRADIENT_ACCUMULATION TRUNCATED_BPTT COTANGENT_LINEARITY PRECISION
    of cs224d-lstm donahue-lstm padhai-lstm padhai-lstm/linear-write
    are GATE_ORDER Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION
    of cs224d-rnn cs224d-rnn/softmax elman-tanh elman-tanh/deep knight-rnn
    of knight-rnn/one-to-many
    are DIRECTION ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY
    of delayed-rnn skip-rnn
    are DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY
    are PRECISION
    of donahue-lstm+bidirectional
    are GATE_ORDER Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION
    of donahue-lstm+deep-2
    are GATE_ORDER Z_POLARITY BIAS DIRECTION LAYOUT ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION TRUNCATED_BPTT COTANGENT_LINEARITY PRECISION
    of donahue-rnn padhai-rnn padhai-rnn/classification padhai-rnn/classification-logistic
    of padhai-rnn/identity-output padhai-rnn/logistic-output
    are BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY
    of elman-relu
    are DIRECTION ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY CLIP
    of elman-tanh/bidirectional
    are GATE_ORDER DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY CLIP
    of elman-tanh/deep-bidirectional
    are GATE_ORDER DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY
    of knight-lstm
    are GATE_ORDER Z_POLARITY DIRECTION TRANSPOSE ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION
    of leaky-rnn leaky-rnn/fixed
    are Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PEEPHOLE PRECISION
    of padhai-lstm/identity-output padhai-lstm/logistic-output padhai-lstm/softmax-output
    are GATE_ORDER Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM
    are COTANGENT_LINEARITY
  case ragged
    of cs224d-gru cs224d-gru/reset-before padhai-gru
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION LENGTHS ACTIVATION BATCH
    are EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY CLIP PRECISION ALIASING
    of cs224d-gru+bidirectional cs224d-gru+deep-2
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION LENGTHS LAYOUT ACTIVATION BATCH
    are EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY CLIP PRECISION OVERFLOW
    are ALIASING
    of cs224d-lstm donahue-lstm padhai-lstm padhai-lstm/identity-output
    of padhai-lstm/linear-write padhai-lstm/logistic-output padhai-lstm/softmax-output
    are GATE_ORDER Z_POLARITY BIAS DIRECTION LENGTHS ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of cs224d-rnn cs224d-rnn/softmax delayed-rnn skip-rnn
    are DIRECTION LENGTHS ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PRECISION ALIASING
    of donahue-lstm+bidirectional
    are GATE_ORDER Z_POLARITY BIAS DIRECTION LENGTHS LAYOUT ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY CLIP PRECISION OVERFLOW ALIASING
    of donahue-lstm+deep-2
    are GATE_ORDER Z_POLARITY BIAS DIRECTION LENGTHS LAYOUT ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION OVERFLOW ALIASING
    of donahue-rnn padhai-rnn padhai-rnn/identity-output padhai-rnn/logistic-output
    are BIAS DIRECTION LENGTHS ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY CLIP PRECISION ALIASING
    of elman-relu elman-tanh elman-tanh/deep knight-rnn knight-rnn/one-to-many
    are DIRECTION LENGTHS ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY CLIP PRECISION ALIASING
    of elman-tanh/bidirectional elman-tanh/deep-bidirectional
    are GATE_ORDER DIRECTION LENGTHS ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY CLIP PRECISION ALIASING
    of knight-lstm
    are GATE_ORDER Z_POLARITY DIRECTION LENGTHS TRANSPOSE ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of leaky-rnn leaky-rnn/fixed
    are Z_POLARITY BIAS DIRECTION LENGTHS ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PEEPHOLE PRECISION ALIASING
    of padhai-lstm/printed-candidate
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION LENGTHS ACTIVATION BATCH
    are EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of padhai-rnn/classification padhai-rnn/classification-logistic
    are BIAS DIRECTION LENGTHS ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY CLIP
    are PRECISION ALIASING
  case long
    of cs224d-gru cs224d-gru/reset-before padhai-gru padhai-lstm/printed-candidate
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION ACTIVATION EQUATION_TERM
    are COTANGENT_LINEARITY PRECISION ALIASING
    of cs224d-lstm donahue-lstm padhai-lstm padhai-lstm/identity-output
    of padhai-lstm/linear-write padhai-lstm/logistic-output padhai-lstm/softmax-output
    are GATE_ORDER Z_POLARITY BIAS DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY
    are PRECISION ALIASING
    of cs224d-rnn cs224d-rnn/softmax delayed-rnn elman-tanh elman-tanh/deep knight-rnn
    of knight-rnn/one-to-many skip-rnn
    are DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY PRECISION ALIASING
    of donahue-rnn padhai-rnn padhai-rnn/identity-output padhai-rnn/logistic-output
    are BIAS DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY PRECISION ALIASING
    of elman-relu
    are DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY CLIP PRECISION ALIASING
    of elman-tanh/bidirectional elman-tanh/deep-bidirectional
    are GATE_ORDER DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY PRECISION ALIASING
    of knight-lstm
    are GATE_ORDER Z_POLARITY DIRECTION TRANSPOSE ACTIVATION EQUATION_TERM
    are COTANGENT_LINEARITY PRECISION ALIASING
    of leaky-rnn leaky-rnn/fixed
    are Z_POLARITY BIAS DIRECTION ACTIVATION EQUATION_TERM COTANGENT_LINEARITY PEEPHOLE
    are PRECISION ALIASING
    of padhai-rnn/classification padhai-rnn/classification-logistic
    are BIAS DIRECTION ACTIVATION EQUATION_TERM TRUNCATED_BPTT COTANGENT_LINEARITY PRECISION
    are ALIASING
  case cancelling
    of cs224d-gru cs224d-gru/reset-before padhai-gru padhai-lstm/printed-candidate
    are GATE_ORDER RESET_PLACEMENT Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of cs224d-lstm donahue-lstm padhai-lstm padhai-lstm/identity-output
    of padhai-lstm/linear-write padhai-lstm/logistic-output padhai-lstm/softmax-output
    are GATE_ORDER Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of cs224d-rnn cs224d-rnn/softmax delayed-rnn elman-tanh elman-tanh/deep knight-rnn
    of knight-rnn/one-to-many skip-rnn
    are DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION COTANGENT_LINEARITY
    are PRECISION ALIASING
    of donahue-rnn padhai-rnn padhai-rnn/identity-output padhai-rnn/logistic-output
    are BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PRECISION ALIASING
    of elman-tanh/bidirectional elman-tanh/deep-bidirectional
    are GATE_ORDER DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PRECISION ALIASING
    of knight-lstm
    are GATE_ORDER Z_POLARITY DIRECTION TRANSPOSE ACTIVATION BATCH EQUATION_TERM
    are GRADIENT_ACCUMULATION COTANGENT_LINEARITY PRECISION ALIASING
    of leaky-rnn leaky-rnn/fixed
    are Z_POLARITY BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM GRADIENT_ACCUMULATION
    are COTANGENT_LINEARITY PEEPHOLE PRECISION ALIASING
    of padhai-rnn/classification padhai-rnn/classification-logistic
    are BIAS DIRECTION ACTIVATION BATCH EQUATION_TERM COTANGENT_LINEARITY PRECISION ALIASING
  """
