/// A layer gave no answer by which it could be identified.
public struct IdentificationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Sendable {
    /// A case, its weights or its outputs are not in the response.
    case missing
    /// The subject says that it has no such layer.
    case notOffered
    /// Something in the response cannot be used.
    case malformed
    /// The weights have shapes that no formulation's weights have.
    case shapes
  }

  /// What is wrong.
  public let code: Code
  /// What was found and what was expected.
  public let message: String

  init(code: Code, message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
