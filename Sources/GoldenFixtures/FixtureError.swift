/// Fixtures that cannot be read or written.
public struct FixtureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Sendable {
    /// There is no folder of fixtures, no manifest or no file of a formulation.
    case missing
    /// A file's bytes are not those that the manifest names.
    case damaged
    /// The manifest or a file is not of the expected form or version.
    case format
    /// A tensor of a file has another shape or type than the formulation says.
    case shape
    /// A number in a file is not finite.
    case notFinite
    /// A number in a file that must lie between 0 and 1 does not.
    case range
    /// The folder cannot be written.
    case unwritable
    /// Another process is writing the fixtures.
    case locked
  }

  /// What is wrong.
  public let code: Code
  /// The file or folder.
  public let file: String
  /// The path inside the file, where there is one.
  public let path: String?
  /// What was found, what was expected, and what to do.
  public let message: String

  /// An error about a file or folder of fixtures.
  public init(code: Code, file: String, path: String? = nil, message: String) {
    self.code = code
    self.file = file
    self.path = path
    self.message = message
  }

  /// The file, the path inside it, and the message.
  public var description: String { "\(file)\(path.map { ":\($0)" } ?? ""): \(message)" }
}
