/// Something that training was given and cannot use, or where it came to an end.
public struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Sendable {
    /// A tensor whose shape does not fit the others.
    case shape
    /// A sequence length outside 0…T.
    case length
    /// A target that is infinite, not a number, or negative where it is a probability.
    case target
    /// A threshold or a learning rate that is not above zero.
    case setting
    /// A gradient that is infinite or not a number, where a finite one is needed.
    case gradient
    /// A gradient of a parameter that there is not, or the other way round.
    case parameter
    /// The loss or a parameter is no longer finite.
    case diverged
    /// The formulation reads less of a sequence than the example's answers depend on, or the answers
    /// themselves.
    case input
    /// The formulation has nothing that the example's loss can be taken of.
    case output
  }

  /// What is wrong.
  public let code: Code
  /// The name of the tensor or setting.
  public let name: String
  /// The same in words: what was found and what was expected.
  public let message: String

  /// An error about one named tensor or setting.
  public init(code: Code, name: String, message: String) {
    self.code = code
    self.name = name
    self.message = message
  }

  /// The name and the message.
  public var description: String { "\(name): \(message)" }
}
