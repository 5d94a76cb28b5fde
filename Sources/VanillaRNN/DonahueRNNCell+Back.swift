// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

extension DonahueRNNCell {
  /// One step back.
  ///
  /// With dy the gradient with respect to a signal y and δy that with respect to the argument of its
  /// activation, both complete:
  ///
  ///     δy_t = dy_t ⊙ y_t (1 − y_t)
  ///     dh_t = upstream + W_hhᵀ δh_{t+1} + W_hyᵀ δy_t
  ///     δh_t = dh_t ⊙ h_t (1 − h_t)
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let (x, previous, upstream) = (step.x, step.previous, step.upstream)
    let (h, y) = (step.now.h, step.now.y)

    let δy = upstream.y ⊙ y ⊙ (1 - y)
    let δh = (upstream.h + W_hy.transposed * δy) ⊙ h ⊙ (1 - h)

    gradients.add(δy, h, to: W_hy)
    gradients.add(δy, to: b_y)
    gradients.add(δh, x, to: W_xh)
    gradients.add(δh, previous.h, to: W_hh)
    gradients.add(δh, to: b_h)
    return StepGradients(
      signals: ["h": δh, "y": δy], x: W_xh.transposed * δh,
      previous: ["h": W_hh.transposed * δh])
  }
}
