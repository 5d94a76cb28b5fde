import Dispatch
import Foundation
import Synchronization

/// Signals from outside.
///
/// Ctrl-C and SIGTERM cancel the work, let it clean up, and then the process dies of the signal. A limit on the
/// size of files is an error of the write that exceeds it.
enum Interruption {
  private struct State {
    var received: Int32?
    var work: Task<Void, any Error>?
  }

  private static let numbers = [SIGINT, SIGTERM]
  private static let state = Mutex(State())

  /// Runs `body` in a task that the signals cancel.
  static func cancelling(_ body: @escaping @Sendable () async throws -> Void) async throws {
    signal(SIGXFSZ, SIG_IGN)
    let sources = numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { @Sendable in
        state.withLock {
          $0.received = number
          $0.work?.cancel()
        }
      }
      source.resume()
      return source
    }
    let work = Task { try await body() }
    state.withLock {
      $0.work = work
      if $0.received != nil { work.cancel() }
    }
    let result = await work.result
    for source in sources { source.cancel() }
    for number in numbers { signal(number, SIG_DFL) }
    if let number = state.withLock({ $0.received }) {
      Console.clearProgress()
      die(of: number)
    }
    try result.get()
  }

  /// Ends the process as the signal would have.
  private static func die(of number: Int32) {
    // The threads of Dispatch, one of which this may be, block every signal.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(number)
  }
}
