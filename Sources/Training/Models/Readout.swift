// The parameters and signals bear the letters of the equations.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells
import Tensors

/// A layer that reads logits from a hidden output, for formulations without an output of their own.
///
///     a_t = V h_t + c
///
/// V is [O,H], c [O].
struct Readout<Scalar: CellScalar>: Sendable {
  private let parameters: CellParameters<Scalar>
  private let V: Weight<Scalar>
  private let c: Bias<Scalar>

  /// A readout.
  ///
  /// - Throws: `CellError` where V and c do not fit one another.
  init(V: Tensor<Scalar>, c: Tensor<Scalar>) throws(CellError) {
    parameters = try CellParameters(
      ParameterSet(["V": V, "c": c]), shapes: ["V": .output, "c": .outputBias])
    self.V = try parameters.weight("V")
    self.c = try parameters.bias("c")
  }

  /// The logits [T,B,O] of hidden outputs [T,B,H].
  func logits(of h: Tensor<Scalar>) -> Tensor<Scalar> {
    h.mapSteps(units: parameters.outputSize) { V * $0 + c }
  }

  /// The way back.
  ///
  ///     ∂E/∂h_t = Vᵀ δa_t        ∂E/∂V = Σ_t δa_t h_tᵀ        ∂E/∂c = Σ_t δa_t
  ///
  /// - Parameters:
  ///   - δa: the gradient with respect to the logits, [T,B,O].
  ///   - h: the hidden outputs [T,B,H].
  func back(_ δa: Tensor<Scalar>, _ h: Tensor<Scalar>) -> Gradients {
    var sums = ParameterGradients(zerosOf: parameters)
    for t in 0..<h.shape[0] {
      let δ = Batch(δa, step: t)
      sums.add(δ, Batch(h, step: t), to: V)
      sums.add(δ, to: c)
    }
    return Gradients(
      hidden: δa.mapSteps(units: parameters.hiddenSize) { V.transposed * $0 },
      parameters: sums.tensors)
  }

  /// What the way back found.
  struct Gradients {
    /// ∂E/∂h, [T,B,H].
    let hidden: Tensor<Scalar>
    /// Those of V and c, by name.
    let parameters: [String: Tensor<Scalar>]
  }
}

extension Tensor where Scalar: CellScalar {
  /// A sequence [T,B,N] made of this one step by step.
  fileprivate func mapSteps(
    units: Int, _ transform: (Batch<Scalar>) -> Batch<Scalar>
  ) -> Tensor<Scalar> {
    let scalars = (0..<shape[0]).flatMap { transform(Batch(self, step: $0)).scalars }
    return Tensor(shape: [shape[0], shape[1], units]) { scalars[$0] }
  }
}
