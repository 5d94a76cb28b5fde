/// A flow that cannot be measured.
public struct FlowError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Sendable {
    /// The formulation keeps no state, so nothing flows.
    case stateless
    /// The matrices of all steps would take too much memory.
    case size
    /// The balls do not decide a norm at the highest precision.
    case undecided
  }

  /// What is wrong.
  public let code: Code
  /// The same in words: what was found, what to do.
  public let message: String
  /// The identifier of the formulation.
  public let formulation: String

  /// The formulation and what is wrong.
  public var description: String { "\(formulation): \(message)" }
}
