// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

extension PadhaiRNNCell {
  /// One step back.
  ///
  /// With dy the gradient with respect to a signal y and δy that with respect to the argument of its
  /// function, both complete:
  ///
  ///     ds_t = upstream + Wᵀ δs_{t+1} + Vᵀ δŷ_t
  ///     δs_t = ds_t ⊙ s_t (1 − s_t)
  ///
  /// With classification only the last state has Vᵀ δŷ.
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let s = step.now.s
    var (signals, ds) = (Signals<Scalar>([:]), step.upstream.s)
    if Reading.reading == .labelling {
      let (y_hat, throughOutput) = outputBack(
        step.upstream.y_hat, step.now.y_hat, s, adding: &gradients)
      (signals, ds) = (["y_hat": y_hat], ds + throughOutput)
    }
    let δs = ds ⊙ s ⊙ (1 - s)

    gradients.add(δs, step.x, to: U)
    gradients.add(δs, step.previous.s, to: W)
    gradients.add(δs, to: b)
    return StepGradients(
      signals: signals.merging(["s": δs]), x: U.transposed * δs,
      previous: ["s": W.transposed * δs])
  }

  /// The way back through the output of the whole sequence.
  public func outputBack(
    _ output: BackwardOutput<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> OutputGradients<Scalar> {
    guard Reading.reading == .classification else {
      return OutputGradients(signals: [:], final: [:])
    }
    let (y_hat, ds) = outputBack(
      output.upstream.y_hat, output.now.y_hat, output.final.s, adding: &gradients)
    return OutputGradients(signals: ["y_hat": y_hat], final: ["s": ds])
  }

  /// The way back through ŷ = O(V s + c): what is reported of ŷ, and Vᵀ δŷ.
  private func outputBack(
    _ dy_hat: Batch<Scalar>, _ y_hat: Batch<Scalar>, _ s: Batch<Scalar>,
    adding gradients: inout ParameterGradients<Scalar>
  ) -> (y_hat: Batch<Scalar>, ds: Batch<Scalar>) {
    let found = O.back(dy_hat, y_hat)
    gradients.add(found.argument, s, to: V)
    gradients.add(found.argument, to: c)
    return (found.signal, V.transposed * found.argument)
  }
}
