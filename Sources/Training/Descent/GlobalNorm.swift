import RecurrentCells
import Tensors

/// ‖g‖ = √Σ g² over every element of every tensor, without overflow or underflow on the way.
///
/// Held as 2^e · s, with 2^e the power of two of the largest element: the squares that are summed are
/// below 4, the largest of them is at least 1, and scaling by a power of two rounds nothing but what is
/// too small to count.
struct GlobalNorm<Scalar: CellScalar> {
  /// e; 0 where every element is 0.
  private let exponent: Scalar.Exponent
  /// s = ‖g · 2^−e‖.
  private let significand: Scalar

  /// The norm of some tensors; not finite where an element is not.
  init(of tensors: [String: Tensor<Scalar>]) {
    let largest = tensors.values.reduce(Scalar.zero) { largest, tensor in
      tensor.scalars.reduce(largest) { max($0, $1.magnitude) }
    }
    exponent = largest > 0 && largest.isFinite ? largest.exponent : 0
    // By name, so that the sum is the same on every run.
    var sum = Scalar.zero
    for (_, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      for element in tensor.scalars {
        let scaled = element.scaled(by: -exponent)
        sum += scaled * scaled
      }
    }
    significand = sum.squareRoot()
  }

  /// ‖g‖; infinite where it is out of range or an element is infinite.
  var value: Scalar { significand.scaled(by: exponent) }

  /// Whether ‖g‖ > threshold, also where ‖g‖ is out of range.
  func exceeds(_ threshold: Scalar) -> Bool { significand > threshold.scaled(by: -exponent) }

  /// g · threshold ÷ ‖g‖.
  func rescaled(_ g: Scalar, to threshold: Scalar) -> Scalar {
    g.scaled(by: -exponent) * (threshold / significand)
  }
}

extension CellScalar {
  /// The number times 2^exponent.
  fileprivate func scaled(by exponent: Exponent) -> Self {
    // An exponent belongs to finite numbers alone.
    guard isFinite, self != 0 else { return self }
    return Self(sign: .plus, exponent: exponent, significand: self)
  }
}
