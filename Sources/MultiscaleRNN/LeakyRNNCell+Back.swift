// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

extension LeakyRNNCell {
  /// One step back.
  ///
  /// With dy the gradient with respect to y, complete:
  ///
  ///     dF_t = dh_t ⊙ (1 − α)
  ///     dα = Σ_t dh_t ⊙ (h_{t−1} − F_t)
  ///     dh_{t−1} = dh_t ⊙ α + Wᵀ dF_t ⊙ (1 − f(h_{t−1})²)
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let (x, h) = (step.x, step.previous.h)
    let (fh, α) = (tanh(h), alpha.repeated(x.rows))

    let dh = step.upstream.h
    let dF = dh ⊙ (1 - α)

    if Reading.reading == .learned { gradients.add(dh ⊙ (h - F(fh, x)), to: alpha) }
    gradients.add(dF, fh, to: W)
    gradients.add(dF, x, to: W_hs)
    return StepGradients(
      signals: ["h": dh], x: W_hs.transposed * dF,
      previous: ["h": dh ⊙ α + W.transposed * dF ⊙ (1 - fh ⊙ fh)])
  }
}
