/// A binary format that tensors are stored in.
public struct StorageFormat: Hashable, Sendable {
  /// p, the digits of a significand.
  let significandBits: Int
  /// The exponent of the smallest normal number.
  let leastExponent: Int
  /// The largest number.
  let greatest: Double

  /// bfloat16: float32's exponents, 8 digits.
  public static let bfloat16 = StorageFormat(
    significandBits: 8, leastExponent: -126, greatest: 0x1.FEp127)
  /// IEEE binary16: 11 digits, normal from 2^−14.
  public static let float16 = StorageFormat(
    significandBits: 11, leastExponent: -14, greatest: 65504)

  /// u_s = 2^−p.
  var unitRoundoff: Double { Double(sign: .plus, exponent: -significandBits, significand: 1) }

  /// Half the distance of the numbers next to zero: what storing with gradual underflow may lose.
  var halfLeastStep: Double {
    Double(sign: .plus, exponent: leastExponent - significandBits, significand: 1)
  }

  /// The nearest number of the format, ties to even; infinity beyond the largest.
  package func nearest(_ number: Double) -> Double {
    guard number.isFinite, number != 0 else { return number }
    let exponent = max(Int(number.exponent), leastExponent) - (significandBits - 1)
    let step = Double(sign: .plus, exponent: exponent, significand: 1)
    let rounded = (number / step).rounded(.toNearestOrEven) * step
    return rounded.magnitude > greatest
      ? Double(signOf: number, magnitudeOf: .infinity) : rounded
  }
}
