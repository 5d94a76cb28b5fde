import Foundation
import GoldenFixtures

/// Reads responses that may hold anything in a process of their own: a damaged file can bring libhdf5 down.
public enum ResponseReading {
  /// The name of the subcommand that does the reading.
  public static let subcommand = "read-response"

  /// The reading process's part: the response as bytes for the other one.
  ///
  /// - Throws: as `ResponseFile.init(reading:)`.
  public static func transfer(of path: String) throws -> Data {
    try JSONEncoder().encode(ResponseTransfer(ResponseFile(reading: path)))
  }

  /// Reads a response by way of `program read-response path`.
  ///
  /// - Parameter program: the path of the rnncheck binary.
  /// - Throws: `ExchangeError` of code `badResponse` where the file cannot be read, or reading it crashes or
  ///   takes too much time or memory; `CancellationError`.
  static func response(at path: String, readBy program: String) async throws -> ResponseFile {
    let outcome: Command.Outcome
    do {
      outcome = try await Command(
        arguments: [program, subcommand, path],
        limits: .init(time: .seconds(60), memoryBytes: 1 << 33, keptBytes: 1 << 28)
      ).run()
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExchangeError(
        code: .badResponse, message: "the response cannot be read: \(program): \(error)")
    }
    let errors = String(decoding: outcome.errors, as: UTF8.self)
    if outcome.isTimeOut {
      throw ExchangeError(
        code: .badResponse,
        message: "\(path): reading the response takes more than a minute; is it damaged?")
    }
    switch outcome.status {
    case .exited(0): break
    case .exited:
      let reason = errors.trimmingCharacters(in: .whitespacesAndNewlines)
      throw ExchangeError(
        code: .badResponse,
        message: reason.hasPrefix("error: ") ? String(reason.dropFirst(7)) : reason)
    case .signaled(let number):
      throw ExchangeError(
        code: .badResponse,
        message: "\(path): libhdf5 crashed reading the response (signal \(number)): the file is"
          + " damaged; close it in the subject before it ends")
    }
    do {
      return try JSONDecoder().decode(ResponseTransfer.self, from: outcome.output).response()
    } catch {
      throw ExchangeError(
        code: .badResponse, message: "\(path): the response cannot be taken over: \(error)")
    }
  }
}
