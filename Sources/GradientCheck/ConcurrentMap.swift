import Dispatch
import Foundation
import Synchronization

/// How many cores the process may use.
public let coreCount = ProcessInfo.processInfo.activeProcessorCount

/// The results for every index on several threads, in the order of the indices.
///
/// - Throws: the error of the first index that has one.
func concurrentMap<Result: Sendable>(
  _ count: Int, threads: Int = coreCount, _ body: @Sendable (Int) throws -> Result
) throws -> [Result] {
  let results = Mutex<[Swift.Result<Result, any Error>?]>(Array(repeating: nil, count: count))
  let next = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: min(max(threads, 1), max(count, 1))) { _ in
    while case let index = next.wrappingAdd(1, ordering: .relaxed).oldValue, index < count {
      let result = Swift.Result { try body(index) }
      results.withLock { $0[index] = result }
    }
  }
  return try results.withLock { try $0.compactMap { try $0?.get() } }
}
