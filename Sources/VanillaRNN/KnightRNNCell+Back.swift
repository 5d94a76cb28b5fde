// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

extension KnightRNNCell {
  /// One step back.
  ///
  /// With dy the gradient with respect to a signal y and δy that with respect to the argument of its
  /// activation, both complete:
  ///
  ///     dh_t = upstream + W_hhᵀ δh_{t+1} + W_hyᵀ dy_t
  ///     δh_t = dh_t ⊙ (1 − h_t²)
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let h = step.now.h

    let dy = step.upstream.y
    let δh = (step.upstream.h + W_hy.transposed * dy) ⊙ (1 - h ⊙ h)

    gradients.add(dy, h, to: W_hy)
    gradients.add(δh, step.previous.h, to: W_hh)
    gradients.add(δh, step.x, to: W_xh)
    return StepGradients(
      signals: ["h": δh, "y": dy], x: W_xh.transposed * δh,
      previous: ["h": W_hh.transposed * δh])
  }
}
