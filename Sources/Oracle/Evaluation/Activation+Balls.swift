import BallArithmetic
import Equations

extension Activation {
  /// The function of balls; a softmax is no function of one number, and gives it back.
  var ofBalls: BallSheet.Function {
    switch self {
    case .logistic: .logistic
    case .tanh: .tanh
    case .relu: .relu
    case .unitStep: .unitStep
    case .identity, .softmax: .identity
    }
  }

  /// The value at every unit of a vector; of a softmax, its value at the vector.
  func value(at vector: BallVector, precision: Ball.Precision) -> BallVector {
    guard self == .softmax else { return vector.applying(ofBalls, precision: precision) }
    let powers = vector.exp(precision: precision)
    return powers.divided(by: powers.sum(precision: precision), precision: precision)
  }
}
