// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

extension KnightLSTMCell {
  /// One step back.
  ///
  /// With dy the gradient with respect to a signal y and δy that with respect to the argument of its
  /// activation, both complete:
  ///
  ///     dc_t = upstream + f_{t+1} ⊙ dc_{t+1} + dh_t ⊙ o_t ⊙ (1 − tanh²(c_t))
  ///     δo_t = dh_t ⊙ tanh(c_t) ⊙ o_t (1 − o_t)
  ///     δi_t = dc_t ⊙ g_t ⊙ i_t (1 − i_t)
  ///     δf_t = dc_t ⊙ c_{t−1} ⊙ f_t (1 − f_t)
  ///     δg_t = dc_t ⊙ i_t ⊙ (1 − g_t²)
  ///     [dh_{t−1}; dx_t] = Wᵀ [δi_t; δf_t; δo_t; δg_t]
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let (x, previous, upstream) = (step.x, step.previous, step.upstream)
    let (i, f, o, g) = (step.now.i, step.now.f, step.now.o, step.now.g)
    let tanhc = tanh(step.now.c)

    let dh = upstream.h
    let dc = upstream.c + dh ⊙ o ⊙ (1 - tanhc ⊙ tanhc)
    let δo = (upstream.o + dh ⊙ tanhc) ⊙ o ⊙ (1 - o)
    let δi = (upstream.i + dc ⊙ g) ⊙ i ⊙ (1 - i)
    let δf = (upstream.f + dc ⊙ previous.c) ⊙ f ⊙ (1 - f)
    let δg = (upstream.g + dc ⊙ i) ⊙ (1 - g ⊙ g)

    let δ = Batch(stacking: δi, δf, δo, δg)
    gradients.add(δ, Batch(stacking: previous.h, x), to: W)
    let dhx = W.transposed * δ
    let H = parameters.hiddenSize
    return StepGradients(
      signals: ["i": δi, "f": δf, "o": δo, "g": δg, "c": dc, "h": dh],
      x: dhx.units(H..<H + parameters.inputSize),
      previous: ["h": dhx.units(0..<H), "c": dc ⊙ f])
  }
}
