import ArgumentParser
import Conformance

extension ExitCode {
  /// Something departs from its document.
  static let departs = ExitCode(1)
  /// The work could not be done.
  static let couldNotRun = ExitCode(2)
  /// The arguments select nothing.
  static let nothingSelected = ExitCode(4)
  /// The arguments make no sense: 64, as of the argument parser's own errors.
  static let usage = ExitCode.validationFailure
}

/// Arguments that make no sense, which only shows when the command runs.
struct UsageError: Error, CustomStringConvertible {
  let description: String
}

/// Runs a command's body; whatever it throws becomes one message on stderr and an exit code.
///
/// Ctrl-C and SIGTERM cancel the body; when it has cleaned up, the process dies of that signal.
func reportingFailures(_ body: @escaping @Sendable () async throws -> Void) async throws {
  do {
    try await Interruption.cancelling(body)
  } catch let code as ExitCode {
    throw code
  } catch {
    Console.message("error: \(error)")
    if let unknown = error as? UnknownFormulation, unknown.lacksCell {
      throw ExitCode.nothingSelected
    }
    throw error is UnknownFormulation || error is UsageError ? ExitCode.usage : .couldNotRun
  }
}
