// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

extension SkipRNNCell {
  /// One step back.
  ///
  /// With dy the gradient with respect to y, complete:
  ///
  ///     dh_t = upstream + (1 − f(h_t)²) ⊙ (Wᵀ dh_{t+1} + W_dᵀ dh_{t+d})
  ///
  /// The initial state gets what goes back to every step before the first.
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let (fh, fh_d) = (tanh(step.previous.h), tanh(step.previous[lag: Delay.steps].h))

    let dh = step.upstream.h

    gradients.add(dh, fh, to: W)
    gradients.add(dh, fh_d, to: W_d)
    gradients.add(dh, step.x, to: W_hs)
    return StepGradients(
      signals: ["h": dh], x: W_hs.transposed * dh,
      previous: Signals(
        ["h": W.transposed * dh ⊙ (1 - fh ⊙ fh)],
        lagged: [Delay.steps: ["h": W_d.transposed * dh ⊙ (1 - fh_d ⊙ fh_d)]]))
  }
}
