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
  ///
  /// - Throws: `TrainingError` where h has not the units that V reads.
  func logits(of h: Tensor<Scalar>) throws(TrainingError) -> Tensor<Scalar> {
    guard h.shape.count == 3, h.shape[2] == parameters.hiddenSize else {
      throw TrainingError(
        code: .shape, name: "readout/V",
        message: "it reads \(parameters.hiddenSize) units, and the hidden output is \(h.shape)")
    }
    return (V * h.vectors + c).tensor.reshaped([h.shape[0], h.shape[1], parameters.outputSize])
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
    let δ = δa.vectors
    sums.add(δ, h.vectors, to: V)
    sums.add(δ, to: c)
    return Gradients(
      hidden: (V.transposed * δ).tensor.reshaped(h.shape), parameters: sums.tensors)
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
  /// The vectors of every step of a sequence [T,B,N], one below the other: [T·B,N].
  fileprivate var vectors: Batch<Scalar> {
    Batch(reshaped([shape[0] * shape[1], shape[2]]))
  }

  /// The same elements in a shape of as many.
  fileprivate func reshaped(_ shape: [Int]) -> Tensor {
    var result = Tensor(zeros: shape)
    precondition(result.count == count, "\(self.shape) does not fit \(shape)")
    result.withUnsafeMutableScalars { target in
      withUnsafeScalars { _ = target.update(fromContentsOf: $0) }
    }
    return result
  }
}
