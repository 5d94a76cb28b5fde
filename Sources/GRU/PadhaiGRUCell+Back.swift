// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

extension PadhaiGRUCell {
  /// One step back.
  ///
  /// With dy the gradient with respect to a signal y and δy that with respect to the argument of its
  /// activation, both complete:
  ///
  ///     δi_t = ds_t ⊙ (s̃_t − s_{t−1}) ⊙ i_t (1 − i_t)
  ///     δs̃_t = ds_t ⊙ i_t ⊙ s̃_t (1 − s̃_t)
  ///     δo_t = Wᵀ δs̃_t ⊙ s_{t−1} ⊙ o_t (1 − o_t)
  ///     ds_{t−1} = ds_t ⊙ (1 − i_t) + W_iᵀ δi_t + W_oᵀ δo_t + Wᵀ δs̃_t ⊙ o_t
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let (x, previous, upstream) = (step.x, step.previous, step.upstream)
    let (o, i, s_tilde) = (step.now.o, step.now.i, step.now.s_tilde)

    let ds = upstream.s
    let δi = (upstream.i + ds ⊙ (s_tilde - previous.s)) ⊙ i ⊙ (1 - i)
    let δs_tilde = (upstream.s_tilde + ds ⊙ i) ⊙ s_tilde ⊙ (1 - s_tilde)
    let dos = W.transposed * δs_tilde
    let δo = (upstream.o + dos ⊙ previous.s) ⊙ o ⊙ (1 - o)

    for (δ, operand, U, W, b) in [
      (δo, previous.s, U_o, W_o, b_o), (δi, previous.s, U_i, W_i, b_i),
      (δs_tilde, o ⊙ previous.s, U, W, b),
    ] {
      gradients.add(δ, x, to: U)
      gradients.add(δ, operand, to: W)
      gradients.add(δ, to: b)
    }
    return StepGradients(
      signals: ["o": δo, "i": δi, "s_tilde": δs_tilde, "s": ds],
      x: U_o.transposed * δo + U_i.transposed * δi + U.transposed * δs_tilde,
      previous: [
        "s": ds ⊙ (1 - i) + W_o.transposed * δo + W_i.transposed * δi + dos ⊙ o
      ])
  }
}
