/// Something that keeps a gradient check from being made.
///
/// A wrong number is not an error, it is a finding: it stands in the report.
public struct GradientCheckError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Sendable {
    /// The subject gave no tensor of this name.
    case missing
    /// A tensor of the case or of the subject does not fit the others.
    case shape
    /// A sequence length outside 0…T, or not one for each sequence.
    case length
    /// More or fewer losses than changes.
    case count
    /// A change of a number that the case does not have.
    case change
    /// An error bound that is negative, infinite or not a number.
    case bound
  }

  /// What is wrong.
  public let code: Code
  /// The tensor or bound at fault.
  public let name: String
  /// The same in words: what was found and what was expected.
  public let message: String

  /// An error about one named tensor or bound.
  public init(code: Code, name: String, message: String) {
    self.code = code
    self.name = name
    self.message = message
  }

  /// The name and the message.
  public var description: String { "\(name): \(message)" }
}
