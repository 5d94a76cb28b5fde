import Conformance
import GoldenFixtures

/// An arithmetic in which right evaluations are made.
public enum StudiedArithmetic: String, Hashable, Sendable, CaseIterable, Codable {
  /// IEEE binary64.
  case float64
  /// IEEE binary32.
  case float32
  /// Computed in float32, stored in bfloat16.
  case bfloat16
  /// Computed in float32, stored in IEEE binary16.
  case float16

  /// What is computed in.
  var precision: Precision { self == .float64 ? .float64 : .float32 }

  /// What is stored in; nil for what is computed in.
  var storage: StorageFormat? {
    switch self {
    case .float64, .float32: nil
    case .bfloat16: .bfloat16
    case .float16: .float16
    }
  }

  /// What a rounding may lose.
  var model: ArithmeticModel {
    guard let storage else { return ArithmeticModel(precision) }
    return ArithmeticModel(
      storage: storage.unitRoundoff, underflow: storage.halfLeastStep,
      scalesExactly: self == .bfloat16)
  }

  /// Whether the tolerance holds for a case: 16 bits are too few for saturated gates, and binary16 cannot
  /// hold tiny numbers.
  func covers(_ golden: GoldenCase) -> Bool {
    switch self {
    case .float64, .float32: true
    case .bfloat16: golden.regime != .saturated
    case .float16: golden.regime == .ordinary
    }
  }
}
