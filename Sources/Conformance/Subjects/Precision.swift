/// The arithmetic that a subject says it computes and stores in.
public enum Precision: String, Hashable, Sendable, Codable, CaseIterable {
  /// IEEE binary64.
  case float64
  /// IEEE binary32.
  case float32

  /// u, half the distance from 1 to the next number.
  public var unitRoundoff: Double {
    switch self {
    case .float64: 0x1p-53
    case .float32: 0x1p-24
    }
  }

  /// η, the smallest normal number: what flushing to zero may lose.
  public var smallestNormal: Double {
    switch self {
    case .float64: .leastNormalMagnitude
    case .float32: Double(Float.leastNormalMagnitude)
    }
  }
}
