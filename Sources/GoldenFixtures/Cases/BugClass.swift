/// What can be wrong with a recurrent cell, as it happened in real ones.
public enum BugClass: String, Hashable, Sendable, Codable, CaseIterable {
  /// Gates in another order, in a weight, a recurrent weight or a bias.
  case gateOrder = "GATE_ORDER"
  /// The reset gate applied on the other side of the matrix.
  case resetPlacement = "RESET_PLACEMENT"
  /// z and 1 − z exchanged.
  case zPolarity = "Z_POLARITY"
  /// A bias dropped, doubled, shared or added in the wrong place.
  case bias = "BIAS"
  /// Initial states ignored, exchanged or sliced wrongly.
  case initialState = "INITIAL_STATE"
  /// A state that is not carried from step to step.
  case recurrence = "RECURRENCE"
  /// Steps in the wrong order, or the wrong end of a sequence taken.
  case direction = "DIRECTION"
  /// Padding that changes a value or a gradient.
  case lengths = "LENGTHS"
  /// No step at all.
  case empty = "EMPTY"
  /// Batch, time or features exchanged.
  case layout = "LAYOUT"
  /// A matrix transposed.
  case transpose = "TRANSPOSE"
  /// Another activation.
  case activation = "ACTIVATION"
  /// Batch elements mixed or broadcast.
  case batch = "BATCH"
  /// A term or a factor of an equation dropped, doubled, of the wrong sign or wrongly joined.
  case equationTerm = "EQUATION_TERM"
  /// A term of a gradient missing or wrong.
  case gradientTerm = "GRADIENT_TERM"
  /// A gradient overwritten instead of added to.
  case gradientAccumulation = "GRADIENT_ACCUMULATION"
  /// Backpropagation that stops before the first step.
  case truncatedBPTT = "TRUNCATED_BPTT"
  /// A backward pass that is not linear in the upstream gradient.
  case cotangentLinearity = "COTANGENT_LINEARITY"
  /// A peephole connection misplaced.
  case peephole = "PEEPHOLE"
  /// A value or gradient clipped.
  case clip = "CLIP"
  /// Arithmetic less accurate than it claims.
  case precision = "PRECISION"
  /// Large arguments that overflow, tiny ones that vanish.
  case overflow = "OVERFLOW"
  /// Buffers that are shared or changed when they must not be.
  case aliasing = "ALIASING"
}
