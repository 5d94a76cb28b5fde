// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

extension ElmanCell {
  /// One step back.
  ///
  /// With dy the gradient with respect to a signal y and δy that with respect to the argument of its
  /// function, both complete:
  ///
  ///     δo_t = o_t ⊙ (do_t − ⟨do_t, o_t⟩)
  ///     ds_t = upstream + Wᵀ δs_{t+1} + Vᵀ δo_t
  ///     δs_t = ds_t ⊙ (1 − s_t²)              relu: ds_t where s_t > 0, else 0
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let (s, upstream) = (step.now.s, step.upstream)

    let δo = softmaxBack(upstream.o, step.now.o)
    let ds = upstream.s + V.transposed * δo
    let δs =
      switch Reading.reading {
      case .tanh: ds ⊙ (1 - s ⊙ s)
      case .relu: ds ⊙ reluSlope(s)
      }

    gradients.add(δo, s, to: V)
    gradients.add(δs, step.x, to: U)
    gradients.add(δs, step.previous.s, to: W)
    return StepGradients(
      signals: ["s": δs, "o": upstream.o], x: U.transposed * δs,
      previous: ["s": W.transposed * δs])
  }
}
