import Dispatch
import Equations
import GoldenFixtures
import Oracle
import Synchronization

extension Answer {
  /// The answers of a formulation's stored cases, computed anew in balls and compared with the stored ones.
  static func goldens(of declaration: Declaration, _ request: Request) throws -> Answer {
    let formulation = try Formulation(declaration)
    // The longest first, so that no thread is left with one of them at the end.
    let cases = try FixtureFolder.shipped.fixture(of: formulation).cases
      .sorted { $0.numbers > $1.numbers }
    let reference = try Reference(formulation)
    return try timed(request.repeats) { answer in
      let found = try each(cases, threads: request.threads) {
        try reference.roundedAnswers(to: $0.problem)
      }
      answer.figures["numbers"] = Double(cases.reduce(0) { $0 + $1.numbers })
      for (golden, found) in zip(cases, found) {
        try check(found.answers == golden.answers, "\(golden.name) is not the stored one")
        answer.figures["bits of \(golden.name)"] = Double(found.precision)
      }
    }
  }

  /// What is found for each case, in their order, by threads that take one case after the other.
  private static func each<Result: Sendable>(
    _ cases: [GoldenCase], threads: Int, _ find: @Sendable (GoldenCase) throws -> Result
  ) throws -> [Result] {
    guard threads > 1 else { return try cases.map(find) }
    let found = Mutex<[Swift.Result<Result, any Error>?]>(Array(repeating: nil, count: cases.count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while case let index = next.wrappingAdd(1, ordering: .relaxed).oldValue, index < cases.count {
        let result = Swift.Result { try find(cases[index]) }
        found.withLock { $0[index] = result }
      }
    }
    return try found.withLock { try $0.compactMap { try $0?.get() } }
  }
}

extension GoldenCase {
  /// How many numbers the answers are.
  fileprivate var numbers: Int { answers.values.reduce(0) { $0 + $1.count } }
}
