// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

extension CS224dGRUCell {
  /// One step back.
  ///
  /// With dy the gradient with respect to a signal y and δy that with respect to the argument of its
  /// activation, both complete:
  ///
  ///     δz_t = dh_t ⊙ (h̃_t − h_{t−1}) ⊙ z_t (1 − z_t)
  ///     δh̃_t = dh_t ⊙ z_t ⊙ (1 − h̃_t²)
  ///     δr_t = δh̃_t ⊙ W h_{t−1} ⊙ r_t (1 − r_t)
  ///     dh_{t−1} = dh_t ⊙ (1 − z_t) + W_zᵀ δz_t + W_rᵀ δr_t + Wᵀ (δh̃_t ⊙ r_t)
  ///
  /// With reset-before δr_t = Wᵀ δh̃_t ⊙ h_{t−1} ⊙ r_t (1 − r_t), and the last term is Wᵀ δh̃_t ⊙ r_t.
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let (x, previous, upstream) = (step.x, step.previous, step.upstream)
    let (z, r, h_tilde) = (step.now.z, step.now.r, step.now.h_tilde)

    let dh = upstream.h
    let δz = (upstream.z + dh ⊙ (h_tilde - previous.h)) ⊙ z ⊙ (1 - z)
    let δh_tilde = (upstream.h_tilde + dh ⊙ z) ⊙ (1 - h_tilde ⊙ h_tilde)
    let (dr, dhThroughCandidate): (Batch<Scalar>, Batch<Scalar>)
    switch Reading.reading {
    case .canonical:
      let dWh = δh_tilde ⊙ r
      gradients.add(dWh, previous.h, to: W)
      (dr, dhThroughCandidate) = (δh_tilde ⊙ W * previous.h, W.transposed * dWh)
    case .resetBefore:
      let drh = W.transposed * δh_tilde
      gradients.add(δh_tilde, r ⊙ previous.h, to: W)
      (dr, dhThroughCandidate) = (drh ⊙ previous.h, drh ⊙ r)
    }
    let δr = (upstream.r + dr) ⊙ r ⊙ (1 - r)

    for (δ, W, U, b) in [(δz, W_z, U_z, b_z), (δr, W_r, U_r, b_r)] {
      gradients.add(δ, previous.h, to: W)
      gradients.add(δ, x, to: U)
      gradients.add(δ, to: b)
    }
    gradients.add(δh_tilde, x, to: W_x)

    return StepGradients(
      signals: ["z": δz, "r": δr, "h_tilde": δh_tilde, "h": dh],
      x: U_z.transposed * δz + U_r.transposed * δr + W_x.transposed * δh_tilde,
      previous: [
        "h": dh ⊙ (1 - z) + W_z.transposed * δz + W_r.transposed * δr + dhThroughCandidate
      ])
  }
}
