/// A subject in another process that gave no answer that could be graded.
public struct ExchangeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Code: String, Sendable {
    /// The command could not be started.
    case notStarted
    /// It ran longer than it may.
    case timeOut
    /// It ended with another exit code than 0.
    case failed
    /// It died of a signal.
    case signal
    /// It ended well and left no response.
    case noResponse
    /// The response cannot be read.
    case badResponse
    /// The working folder cannot be made or written.
    case folder
  }

  /// What went wrong.
  public let code: Code
  /// What was found, what was expected, and what to do.
  public let message: String
  /// The last of what the command wrote to stderr, or to stdout where that is empty.
  public let output: String

  init(code: Code, message: String, output: String = "") {
    self.code = code
    self.message = message
    self.output = output
  }

  /// The message, and below it what the command last wrote.
  public var description: String {
    guard !output.isEmpty else { return message }
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
    return "\(message)\nthe last that it wrote:\n"
      + lines.map { "  | \($0)" }.joined(separator: "\n")
  }
}
