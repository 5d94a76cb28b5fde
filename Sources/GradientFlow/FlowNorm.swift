import BallArithmetic
import Foundation

/// A norm of any size, rounded once from its ball: far below 10⁻³⁰⁸ it is still a number.
public struct FlowNorm: Hashable, Sendable, Codable {
  /// In decimal with twelve significant digits: `0.0123`, `4.5e-412`, `0`.
  public let decimal: String
  /// Its decimal logarithm; nil where the norm is exactly 0.
  public let log10: Double?

  private static let digits = 12

  /// A norm.
  init(_ ball: Ball) {
    decimal = ball.isZero ? "0" : ball.decimal(digits: Self.digits)
    // A double holds the digits and an Int the exponent, whatever their product.
    let parts = decimal.split(separator: "e")
    let mantissa = parts.first.flatMap { Double($0) } ?? 0
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    log10 = mantissa > 0 ? Foundation.log10(mantissa) + Double(exponent) : nil
  }

  /// In decimal with three significant digits, for a table.
  public var short: String {
    guard let log10 else { return "0" }
    var exponent = Int(log10.rounded(.down))
    var mantissa = (pow(10, log10 - Double(exponent)) * 100).rounded() / 100
    if mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    return String(format: "%.2fe%+03d", mantissa, exponent)
  }
}
