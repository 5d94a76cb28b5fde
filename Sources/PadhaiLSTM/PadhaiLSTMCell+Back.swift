// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

extension PadhaiLSTMCell {
  /// One step back.
  ///
  /// With dy the gradient with respect to a signal y and δy that with respect to the argument of its
  /// activation, both complete, and q_t = σ(s_t):
  ///
  ///     ds_t = upstream + f_{t+1} ⊙ ds_{t+1} + dh_t ⊙ o_t ⊙ q_t (1 − q_t)
  ///     δo_t = dh_t ⊙ q_t ⊙ o_t (1 − o_t)
  ///     δi_t = ds_t ⊙ s̃_t ⊙ i_t (1 − i_t)
  ///     δf_t = ds_t ⊙ s_{t−1} ⊙ f_t (1 − f_t)
  ///     δs̃_t = ds_t ⊙ i_t ⊙ s̃_t (1 − s̃_t)
  ///     dh_{t−1} = W_oᵀ δo_t + W_iᵀ δi_t + W_fᵀ δf_t + Wᵀ δs̃_t
  ///
  /// With linear-write s_t stands for q_t and 1 for its derivative. With printed-candidate Wᵀ δs̃_t, and
  /// not δs̃_t, is what goes on to U and b.
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let (x, previous, upstream) = (step.x, step.previous, step.upstream)
    let (o, i, f, s_tilde) = (step.now.o, step.now.i, step.now.f, step.now.s_tilde)

    let dh = upstream.h
    let (written, ds): (Batch<Scalar>, Batch<Scalar>)
    switch Reading.reading {
    case .canonical, .printedCandidate:
      let q = sigmoid(step.now.s)
      (written, ds) = (q, upstream.s + dh ⊙ o ⊙ q ⊙ (1 - q))
    case .linearWrite:
      (written, ds) = (step.now.s, upstream.s + dh ⊙ o)
    }
    let δo = (upstream.o + dh ⊙ written) ⊙ o ⊙ (1 - o)
    let δi = (upstream.i + ds ⊙ s_tilde) ⊙ i ⊙ (1 - i)
    let δf = (upstream.f + ds ⊙ previous.s) ⊙ f ⊙ (1 - f)
    let δs_tilde = (upstream.s_tilde + ds ⊙ i) ⊙ s_tilde ⊙ (1 - s_tilde)

    for (δ, U, W, b) in [(δo, U_o, W_o, b_o), (δi, U_i, W_i, b_i), (δf, U_f, W_f, b_f)] {
      gradients.add(δ, x, to: U)
      gradients.add(δ, previous.h, to: W)
      gradients.add(δ, to: b)
    }
    let (dUx, candidate) = candidateBack(δs_tilde, x, previous.h)
    gradients.add(δs_tilde, candidate, to: W)
    gradients.add(dUx, x, to: U)
    gradients.add(dUx, to: b)

    return StepGradients(
      signals: ["o": δo, "i": δi, "f": δf, "s_tilde": δs_tilde, "s": ds, "h": dh],
      x: U_o.transposed * δo + U_i.transposed * δi + U_f.transposed * δf + U.transposed * dUx,
      previous: [
        "h": W_o.transposed * δo + W_i.transposed * δi + W_f.transposed * δf
          + W.transposed * δs_tilde,
        "s": ds ⊙ f,
      ])
  }

  /// What the candidate's argument passes on: the gradient with respect to U x_t and b, and the vector
  /// that W was applied to.
  private func candidateBack(
    _ δs_tilde: Batch<Scalar>, _ x: Batch<Scalar>, _ h: Batch<Scalar>
  ) -> (dUx: Batch<Scalar>, operand: Batch<Scalar>) {
    switch Reading.reading {
    case .canonical, .linearWrite: (δs_tilde, h)
    case .printedCandidate: (W.transposed * δs_tilde, h + U * x + b)
    }
  }
}
