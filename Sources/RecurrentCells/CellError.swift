/// Something that a cell was given and cannot use.
public struct CellError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Sendable {
    /// A parameter, state or signal that the cell needs was not given.
    case missing
    /// A name that the cell does not have.
    case unknown
    /// A tensor whose shape does not fit the others.
    case shape
    /// A sequence length outside 0…T.
    case length
    /// A change of a parameter's scalar that lies outside the parameter or the batch, or that was
    /// asked to go backward.
    case change
    /// A name that two parts of a composed cell would both bear.
    case duplicate
    /// A number outside the range that the cell allows.
    case value
  }

  /// What is wrong.
  public let code: Code
  /// The name of the parameter, state or signal.
  public let name: String
  /// The same in words: what was found and what was expected.
  public let message: String

  /// An error about one named tensor.
  public init(code: Code, name: String, message: String) {
    self.code = code
    self.name = name
    self.message = message
  }

  /// The name and the message.
  public var description: String { "\(name): \(message)" }
}
