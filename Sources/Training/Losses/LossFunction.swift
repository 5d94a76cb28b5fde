import RecurrentCells

/// The loss of one prediction: how far an output vector is from its target y, both of O units.
///
/// With ŷ an output that is a probability distribution, a one of logits:
/// ```
/// crossEntropy           −Σ_k y_k log ŷ_k                ∂/∂ŷ_k = −y_k ÷ ŷ_k
/// crossEntropyOfLogits   Σ_k y_k (log Σ_j e^{a_j} − a_k) ∂/∂a_k = (Σ_j y_j) softmax(a)_k − y_k
/// squaredError           Σ_k (ŷ_k − y_k)²                ∂/∂ŷ_k = 2 (ŷ_k − y_k)
/// ```
/// The first is the second where ŷ = softmax(a): the cell's own way back through its softmax makes
/// y ⊙ (d − ⟨d, ŷ⟩) of the gradient. It is infinite where ŷ_k = 0 and y_k > 0, and so is its
/// gradient; the second only where two logits are further apart than the largest number. A target of 0
/// adds nothing, whatever the output.
public enum LossFunction: String, Hashable, Sendable, CaseIterable {
  /// Cross-entropy of an output that is a softmax already.
  case crossEntropy = "cross-entropy"
  /// Cross-entropy of the softmax of an output, in one.
  case crossEntropyOfLogits = "cross-entropy of logits"
  /// The squared distance; not half of it.
  case squaredError = "squared error"

  /// Whether a target is a distribution: numbers that are not negative.
  var hasDistributionTargets: Bool { self != .squaredError }

  /// The loss of one output vector; what is left in `gradient` is that of the output.
  ///
  /// - Parameters:
  ///   - output: ŷ or a.
  ///   - target: y, of as many units.
  ///   - gradient: where the gradient goes, of as many units.
  func callAsFunction<Scalar: CellScalar>(
    _ output: ArraySlice<Scalar>, _ target: ArraySlice<Scalar>,
    gradient: inout ArraySlice<Scalar>
  ) -> Scalar {
    switch self {
    case .crossEntropy: Self.crossEntropy(output, target, &gradient)
    case .crossEntropyOfLogits: Self.crossEntropyOfLogits(output, target, &gradient)
    case .squaredError: Self.squaredError(output, target, &gradient)
    }
  }

  private static func crossEntropy<Scalar: CellScalar>(
    _ output: ArraySlice<Scalar>, _ target: ArraySlice<Scalar>,
    _ gradient: inout ArraySlice<Scalar>
  ) -> Scalar {
    var loss = Scalar.zero
    for ((ŷ, y), k) in zip(zip(output, target), gradient.indices) where y != 0 {
      loss -= y * Scalar.log(ŷ)
      gradient[k] = -y / ŷ
    }
    return loss
  }

  /// Σ_j e^{a_j − m} with m the largest logit: no term overflows and one is 1.
  private static func crossEntropyOfLogits<Scalar: CellScalar>(
    _ output: ArraySlice<Scalar>, _ target: ArraySlice<Scalar>,
    _ gradient: inout ArraySlice<Scalar>
  ) -> Scalar {
    guard let m = output.max() else { return 0 }
    let sum = output.reduce(Scalar.zero) { $0 + Scalar.exp($1 - m) }
    let weight = target.reduce(Scalar.zero, +)
    let logarithm = Scalar.log(sum)
    var loss = Scalar.zero
    for ((a, y), k) in zip(zip(output, target), gradient.indices) {
      if y != 0 { loss += y * (logarithm + (m - a)) }
      gradient[k] = weight * (Scalar.exp(a - m) / sum) - y
    }
    return loss
  }

  private static func squaredError<Scalar: CellScalar>(
    _ output: ArraySlice<Scalar>, _ target: ArraySlice<Scalar>,
    _ gradient: inout ArraySlice<Scalar>
  ) -> Scalar {
    var loss = Scalar.zero
    for ((ŷ, y), k) in zip(zip(output, target), gradient.indices) {
      let difference = ŷ - y
      loss += difference * difference
      gradient[k] = 2 * difference
    }
    return loss
  }
}
