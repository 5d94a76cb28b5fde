// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

extension CS224dRNNCell {
  /// One step back.
  ///
  /// With dy the gradient with respect to a signal y, complete, and δŷ_t that with respect to W_S f(h_t),
  /// which is dŷ_t where ŷ_t is linear:
  ///
  ///     dh_t = upstream + (1 − f(h_t)²) ⊙ (Wᵀ dh_{t+1} + W_Sᵀ δŷ_t)
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let (before, now) = (tanh(step.previous.h), tanh(step.now.h))

    let y_hat = Reading.Output.back(step.upstream.y_hat, step.now.y_hat)
    let dh = step.upstream.h + W_S.transposed * y_hat.argument ⊙ (1 - now ⊙ now)

    gradients.add(y_hat.argument, now, to: W_S)
    gradients.add(dh, before, to: W)
    gradients.add(dh, step.x, to: W_hs)
    return StepGradients(
      signals: ["h": dh, "y_hat": y_hat.signal], x: W_hs.transposed * dh,
      previous: ["h": W.transposed * dh ⊙ (1 - before ⊙ before)])
  }
}
