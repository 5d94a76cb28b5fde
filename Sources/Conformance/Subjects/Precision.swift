/// The arithmetic that a subject says it computes and stores in.
public enum Precision: String, Hashable, Sendable, Codable, CaseIterable {
  /// IEEE binary64.
  case float64
  /// IEEE binary32.
  case float32
  /// The upper half of binary32: its exponents, 8 bits of precision.
  case bfloat16
  /// IEEE binary16.
  case float16

  /// What the cells of this package compute in, and what a subject is asked in unless it is told otherwise.
  public static let wide: [Precision] = [.float64, .float32]

  /// Whether tensors are stored in 16 bits, whatever is computed in between.
  public var isSixteenBit: Bool { !Self.wide.contains(self) }

  /// u, half the distance from 1 to the next number.
  public var unitRoundoff: Double {
    switch self {
    case .float64: 0x1p-53
    case .float32: 0x1p-24
    case .bfloat16: 0x1p-8
    case .float16: 0x1p-11
    }
  }

  /// η, the smallest normal number: what flushing to zero may lose.
  public var smallestNormal: Double {
    switch self {
    case .float64: .leastNormalMagnitude
    case .float32, .bfloat16: Double(Float.leastNormalMagnitude)
    case .float16: 0x1p-14
    }
  }

  /// The distance from a number to the next larger in magnitude, that of the smallest normal number where it
  /// is nearer to zero.
  public func ulp(of value: Double) -> Double {
    let magnitude = max(value.magnitude, smallestNormal)
    // An ulp of binary64 in the same binade, and as many bits fewer as the precision has.
    return magnitude.ulp * (unitRoundoff / Precision.float64.unitRoundoff)
  }
}
