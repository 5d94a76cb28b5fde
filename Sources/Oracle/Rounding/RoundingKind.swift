/// The kinds of rounding errors that a tolerance is made of; a scale has a number for each.
public enum RoundingKind: Int, CaseIterable, Sendable {
  /// Additions and multiplications, per unit roundoff u of the accumulation.
  case arithmetic
  /// Activations accurate relative to their result, per u·|s|.
  case activationRelative
  /// Activations accurate absolutely, per u·max(1,|s|).
  case activationAbsolute
  /// Stored tensors, per unit roundoff of the storage.
  case storage
  /// Results below the smallest normal number, per that number.
  case underflow
  /// The root of the sum of squares of all the roundings, per unit of each: what is likely rather than
  /// what is possible.
  case rms

  /// The name in fixtures.
  public var name: String {
    switch self {
    case .arithmetic: "arithmetic"
    case .activationRelative: "activation_relative"
    case .activationAbsolute: "activation_absolute"
    case .storage: "storage"
    case .underflow: "underflow"
    case .rms: "rms"
    }
  }
}
