import RecurrentCells

extension DonahueLSTMCell {
  /// One step back.
  ///
  /// With dy the gradient with respect to a signal y and δy that with respect to the argument of its
  /// activation, both complete:
  ///
  ///     dc_t = upstream + f_{t+1} ⊙ dc_{t+1} + dh_t ⊙ o_t ⊙ (1 − φ(c_t)²)
  ///     δo_t = dh_t ⊙ φ(c_t) ⊙ o_t (1 − o_t)
  ///     δi_t = dc_t ⊙ g_t ⊙ i_t (1 − i_t)
  ///     δf_t = dc_t ⊙ c_{t−1} ⊙ f_t (1 − f_t)
  ///     δg_t = dc_t ⊙ i_t ⊙ (1 − g_t²)
  ///     dh_{t−1} = W_hiᵀ δi_t + W_hfᵀ δf_t + W_hoᵀ δo_t + W_hcᵀ δg_t
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let (x, previous, upstream) = (step.x, step.previous, step.upstream)
    let (i, f, o, g) = (step.now.i, step.now.f, step.now.o, step.now.g)
    let φc = tanh(step.now.c)

    let dh = upstream.h
    let dc = upstream.c + dh ⊙ o ⊙ (1 - φc ⊙ φc)
    let δo = (upstream.o + dh ⊙ φc) ⊙ o ⊙ (1 - o)
    let δi = (upstream.i + dc ⊙ g) ⊙ i ⊙ (1 - i)
    let δf = (upstream.f + dc ⊙ previous.c) ⊙ f ⊙ (1 - f)
    let δg = (upstream.g + dc ⊙ i) ⊙ (1 - g ⊙ g)

    for (δ, W_x, W_h, b) in [
      (δi, W_xi, W_hi, b_i), (δf, W_xf, W_hf, b_f), (δo, W_xo, W_ho, b_o), (δg, W_xc, W_hc, b_c),
    ] {
      gradients.add(δ, x, to: W_x)
      gradients.add(δ, previous.h, to: W_h)
      gradients.add(δ, to: b)
    }
    return StepGradients(
      signals: ["i": δi, "f": δf, "o": δo, "g": δg, "c": dc, "h": dh],
      x: W_xi.transposed * δi + W_xf.transposed * δf + W_xo.transposed * δo + W_xc.transposed * δg,
      previous: [
        "h": W_hi.transposed * δi + W_hf.transposed * δf + W_ho.transposed * δo
          + W_hc.transposed * δg,
        "c": dc ⊙ f,
      ])
  }
}
