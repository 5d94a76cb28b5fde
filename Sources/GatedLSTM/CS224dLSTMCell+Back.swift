// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

extension CS224dLSTMCell {
  /// One step back.
  ///
  /// With dy the gradient with respect to a signal y and δy that with respect to the argument of its
  /// activation, both complete:
  ///
  ///     dC_t = upstream + f_{t+1} ⊙ dC_{t+1} + dh_t ⊙ o_t ⊙ (1 − tanh²(C_t))
  ///     δo_t = dh_t ⊙ tanh(C_t) ⊙ o_t (1 − o_t)
  ///     δf_t = dC_t ⊙ C_{t−1} ⊙ f_t (1 − f_t)
  ///     δi_t = dC_t ⊙ C̃_t ⊙ i_t (1 − i_t)
  ///     δC̃_t = dC_t ⊙ i_t ⊙ (1 − C̃_t²)
  ///     dh_{t−1} = W_fᵀ δf_t + W_iᵀ δi_t + W_oᵀ δo_t + Wᵀ δC̃_t
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let (x, previous, upstream) = (step.x, step.previous, step.upstream)
    let (f, i, o, C_tilde) = (step.now.f, step.now.i, step.now.o, step.now.C_tilde)
    let tanhC = tanh(step.now.C)

    let dh = upstream.h
    let dC = upstream.C + dh ⊙ o ⊙ (1 - tanhC ⊙ tanhC)
    let δo = (upstream.o + dh ⊙ tanhC) ⊙ o ⊙ (1 - o)
    let δf = (upstream.f + dC ⊙ previous.C) ⊙ f ⊙ (1 - f)
    let δi = (upstream.i + dC ⊙ C_tilde) ⊙ i ⊙ (1 - i)
    let δC_tilde = (upstream.C_tilde + dC ⊙ i) ⊙ (1 - C_tilde ⊙ C_tilde)

    for (δ, W, U, b) in [(δf, W_f, U_f, b_f), (δi, W_i, U_i, b_i), (δo, W_o, U_o, b_o)] {
      gradients.add(δ, previous.h, to: W)
      gradients.add(δ, x, to: U)
      gradients.add(δ, to: b)
    }
    gradients.add(δC_tilde, previous.h, to: W)
    gradients.add(δC_tilde, x, to: W_x)
    return StepGradients(
      signals: ["C": dC, "C_tilde": δC_tilde, "f": δf, "i": δi, "h": dh, "o": δo],
      x: U_f.transposed * δf + U_i.transposed * δi + U_o.transposed * δo
        + W_x.transposed * δC_tilde,
      previous: [
        "h": W_f.transposed * δf + W_i.transposed * δi + W_o.transposed * δo
          + W.transposed * δC_tilde,
        "C": dC ⊙ f,
      ])
  }
}
