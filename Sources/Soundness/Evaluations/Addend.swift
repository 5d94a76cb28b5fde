/// A term of a sum, unit by unit: a vector, or a product that a fused operation adds unrounded.
struct Addend<Scalar: BinaryFloatingPoint & Sendable> {
  enum Factor {
    case none
    case scalar(Scalar)
    case vector([Scalar])
  }
  let base: [Scalar]
  let factor: Factor

  /// Roughly how large the term is, to sort by.
  var size: Scalar {
    let largest = base.reduce(0) { max($0, $1.magnitude) }
    return switch factor {
    case .none: largest
    case .scalar(let scalar): largest * scalar.magnitude
    case .vector(let vector): largest * vector.reduce(0) { max($0, $1.magnitude) }
    }
  }
}
