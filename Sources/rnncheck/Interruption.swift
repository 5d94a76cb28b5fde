import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and SIGTERM: cancel the work, let it clean up, then die of the signal.
enum Interruption {
  private static let received = Mutex<Int32?>(nil)

  /// Runs `body` in a task that the signals cancel.
  static func cancelling(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let task = Task { try await body() }
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { @Sendable in
        received.withLock { $0 = number }
        task.cancel()
      }
      source.resume()
      return source
    }
    let result = await task.result
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    if let number = received.withLock({ $0 }) {
      Console.clearProgress()
      raise(number)
    }
    try result.get()
  }
}
