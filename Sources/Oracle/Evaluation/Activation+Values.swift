import Equations
import RealModule

extension Activation {
  /// The value at an argument; a softmax is no function of one number, and gives it back.
  func value<Scalar: Real>(at x: Scalar) -> Scalar {
    switch self {
    case .logistic:
      let e = Scalar.exp(-x.magnitude)
      return (x < 0 ? e : 1) / (1 + e)
    case .tanh: return .tanh(x)
    case .relu: return x > 0 ? x : 0
    case .unitStep: return x > 0 ? 1 : 0
    case .identity, .softmax: return x
    }
  }
}

/// `e^{x_i} ÷ Σ_j e^{x_j}`, the largest x taken off first.
func softmax<Scalar: Real>(_ vector: some Collection<Scalar>) -> [Scalar] {
  let largest = vector.max() ?? 0
  let powers = vector.map { Scalar.exp($0 - largest) }
  let sum = powers.reduce(0, +)
  return powers.map { $0 / sum }
}
