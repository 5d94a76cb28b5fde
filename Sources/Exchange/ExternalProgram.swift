import Conformance
import Equations
import Foundation
import GoldenFixtures
import Subprocess

/// An implementation in another program, of any language, that is asked by files.
///
/// The command is run once for each arithmetic, with the paths of the request and of the response appended.
public struct ExternalProgram: Sendable {
  private let command: [String]
  private let timeLimit: Duration
  private let reader: String

  /// A program.
  ///
  /// - Parameters:
  ///   - command: its name and arguments; not empty.
  ///   - timeLimit: how long it may take for each arithmetic.
  ///   - reader: the path of the rnncheck binary, which reads the responses in a process of its own.
  public init(_ command: [String], timeLimit: Duration, reader: String) {
    self.command = command
    self.timeLimit = timeLimit
    self.reader = reader
  }

  /// Asks the question in each arithmetic.
  ///
  /// An arithmetic that the program does not answer in is not among the subject's; one answer of another
  /// arithmetic than was asked for counts for that one.
  ///
  /// - Parameter progress: called before each run.
  /// - Throws: `ExchangeError` where a run gives no response that can be read; `CancellationError`.
  public func subject(
    answering question: Question, in precisions: [Precision],
    progress: @Sendable (Precision) -> Void = { _ in }
  ) async throws -> RecordedSubject {
    let folder = try WorkingFolder()
    var responses: [(precision: Precision, file: ResponseFile)] = []
    for precision in precisions {
      guard !responses.contains(where: { $0.precision == precision }) else { continue }
      progress(precision)
      let response = try await response(in: precision, folder) { path in
        try question.request(dtype: precision.rawValue).write(to: path)
      }
      let found = try response.precision(at: "the response")
      if let answered = response.formulation, answered != question.formulation.id {
        throw ExchangeError(
          code: .badResponse,
          message: "the response answers '\(answered)', and the question was"
            + " '\(question.formulation.id)'")
      }
      guard !responses.contains(where: { $0.precision == found }) else { continue }
      responses.append((found, response))
    }
    return RecordedSubject(
      responses.first?.file.name ?? command.joined(separator: " "), question: question,
      responses: responses)
  }

  /// Asks a layer what it makes of weights in its own shapes, in the first arithmetic that it answers in.
  ///
  /// - Throws: `ExchangeError` where the run gives no response that can be read; `CancellationError`.
  public func packedResponse(
    in precision: Precision
  ) async throws -> (precision: Precision, file: ResponseFile) {
    let folder = try WorkingFolder()
    let response = try await response(in: precision, folder) { path in
      try PackedRequestFile(dtype: precision.rawValue).write(to: path)
    }
    return (try response.precision(at: "the response"), response)
  }

  private func response(
    in precision: Precision, _ folder: WorkingFolder, writing write: (String) throws -> Void
  ) async throws -> ResponseFile {
    let request = "\(folder.path)/request-\(precision.rawValue).h5"
    let path = "\(folder.path)/response-\(precision.rawValue).h5"
    try write(request)
    let outcome: Command.Outcome
    do {
      outcome = try await Command(
        arguments: command + [request, path], limits: .init(time: timeLimit)
      ).run()
    } catch let error as SubprocessError {
      throw ExchangeError(code: .notStarted, message: "'\(name)' cannot be started: \(error)")
    }
    if let failure = failure(of: outcome) { throw failure }
    guard FileManager.default.fileExists(atPath: path) else {
      throw ExchangeError(
        code: .noResponse,
        message: "'\(name)' ended without writing the response: it must make the file that its"
          + " last argument names", output: outcome.lastWords)
    }
    return try await ResponseReading.response(at: path, readBy: reader)
  }

  private var name: String { command.joined(separator: " ") }

  private func failure(of outcome: Command.Outcome) -> ExchangeError? {
    if outcome.isTimeOut {
      let seconds = Double(timeLimit.components.seconds)
      return ExchangeError(
        code: .timeOut,
        message: "'\(name)' did not end within \(seconds.shortened) s and was killed;"
          + " --timeout allows more", output: outcome.lastWords)
    }
    switch outcome.status {
    case .exited(0): return nil
    case .exited(127):
      return ExchangeError(
        code: .notStarted, message: "'\(name)' was not found (exit code 127)",
        output: outcome.lastWords)
    case .exited(let code):
      return ExchangeError(
        code: .failed, message: "'\(name)' failed with exit code \(code)",
        output: outcome.lastWords)
    case .signaled(let number):
      return ExchangeError(
        code: .signal, message: "'\(name)' died of signal \(number)", output: outcome.lastWords)
    }
  }
}

extension Command.Outcome {
  /// The end of stderr, or of stdout where that is empty.
  fileprivate var lastWords: String {
    for data in [errors, output] {
      let text = String(decoding: data, as: UTF8.self)
      let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
      if !trimmed.isEmpty { return trimmed }
    }
    return ""
  }
}

/// A folder of files that are needed during a run alone.
private final class WorkingFolder: Sendable {
  let path: String

  init() throws(ExchangeError) {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("rnncheck-\(UUID().uuidString)").path
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw ExchangeError(
        code: .folder, message: "\(path) cannot be made: \(error.localizedDescription)")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
