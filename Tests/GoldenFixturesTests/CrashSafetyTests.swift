import Equations
import Foundation
import GoldenFixtures
import Synchronization
import Testing

/// A writer that is stopped leaves the old set or the new one, and the next writer finishes or repeats.
@Suite("A stopped writer")
struct CrashSafetyTests {
  let scratch: ScratchFolder
  /// One formulation leaves the set, one enters it, two change.
  let old: [Formulation]
  let new: [Formulation]

  init() throws {
    scratch = try ScratchFolder()
    old = try Formulations.named("cs224d-gru", "padhai-gru", "donahue-lstm")
    new = try Formulations.named("cs224d-gru", "padhai-gru", "padhai-lstm")
  }

  private func makeOld() async throws { try await scratch.regenerate(old, Families.other) }
  private func makeNew(
    beforeStep: @escaping @Sendable (FixtureTransaction.Step) throws -> Void = { _ in }
  ) async throws {
    try await scratch.regenerate(new, Families.small, beforeStep: beforeStep)
  }

  /// Which set a reader sees; it must be one of the two, whole.
  private enum Seen { case old, new }

  private func seen(sourceLocation: SourceLocation = #_sourceLocation) throws -> Seen? {
    let ids = Set(try scratch.fixtures.formulations())
    for (set, formulations, families) in [
      (Seen.old, old, Families.other), (.new, new, Families.small),
    ] where ids == Set(formulations.map(\.id)) {
      for formulation in formulations {
        let cases = try scratch.fixtures.fixture(of: formulation).cases
        #expect(
          Set(cases.map(\.name)) == Set(families.map(\.name)), sourceLocation: sourceLocation)
      }
      return set
    }
    Issue.record("a set of \(ids)", sourceLocation: sourceLocation)
    return nil
  }

  private struct Stopped: Error {}

  /// Stops before the step of the given number.
  private func stopping(
    at number: Int
  ) -> @Sendable (FixtureTransaction.Step) throws -> Void {
    let count = Counter()
    return { _ in if count.next() == number { throw Stopped() } }
  }

  private final class Counter: Sendable {
    private let count = Mutex(-1)
    func next() -> Int {
      count.withLock {
        $0 += 1
        return $0
      }
    }
  }

  @Test("changes the folder in these steps")
  func steps() async throws {
    try await makeOld()
    let steps = Mutex<[FixtureTransaction.Step]>([])
    try await makeNew { step in steps.withLock { $0.append(step) } }
    #expect(
      steps.withLock { $0 } == [
        .commit, .move("cs224d-gru.h5"), .move("padhai-gru.h5"), .move("padhai-lstm.h5"),
        .remove("donahue-lstm.h5"), .move("manifest.json"), .finish,
      ])
  }

  @Test(
    "between any two steps leaves one whole set, which the next one completes", arguments: 0..<7)
  func stopped(before number: Int) async throws {
    let right = try ScratchFolder()
    try await right.regenerate(new, Families.small)

    try await makeOld()
    await #expect(throws: Stopped.self) { try await makeNew(beforeStep: stopping(at: number)) }
    #expect(try seen() == (number == 0 ? .old : .new))

    // Checking what would be done changes nothing, and sees the set that is in force.
    let names = try scratch.names()
    let outcomes = try await scratch.check(new)
    #expect(outcomes.values.allSatisfy { $0 == .unchanged } == (number > 0))
    #expect(try scratch.names() == names)

    try await makeNew()
    #expect(try seen() == .new)
    #expect(try scratch.contents() == right.contents())
  }

  @Test("that is stopped in finishing for another, again and again, leaves the new set")
  func stoppedAgain() async throws {
    try await makeOld()
    await #expect(throws: Stopped.self) { try await makeNew(beforeStep: stopping(at: 1)) }
    for _ in 0..<5 {
      #expect(try seen() == .new)
      await #expect(throws: Stopped.self) { try await makeNew(beforeStep: stopping(at: 1)) }
    }
    #expect(try seen() == .new)
    try await makeNew()
    #expect(try !scratch.names().contains(".pending"))
  }

  @Test("is finished for also by one that makes another set")
  func otherSet() async throws {
    try await makeOld()
    let right = try scratch.contents()
    await #expect(throws: Stopped.self) { try await makeNew(beforeStep: stopping(at: 3)) }
    try await makeOld()
    #expect(try seen() == .old)
    #expect(try scratch.contents() == right)
  }

  @Test("before its commit leaves a folder of its own, which the next one removes")
  func leftovers() async throws {
    try await makeOld()
    let before = try scratch.contents()
    let staging = scratch.path + "/.staging-1"
    try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
    try Data("half".utf8).write(to: URL(fileURLWithPath: staging + "/padhai-gru.h5"))
    #expect(try seen() == .old)
    try await makeOld()
    #expect(try scratch.contents() == before)
  }
}

@Suite("Readers and writers at once")
struct ConcurrentAccessTests {
  let scratch: ScratchFolder
  let formulations: [Formulation]

  init() throws {
    scratch = try ScratchFolder()
    formulations = try Formulations.named("cs224d-gru", "padhai-gru")
  }

  @Test("a second writer is refused and does no harm")
  func locked() async throws {
    try await scratch.regenerate(formulations, Families.other)
    let writer = try FixtureTransaction(scratch.fixtures)
    try writer.stage([1, 2, 3], as: "README.md")
    let before = try scratch.names()
    let error = expectError(.locked) { try FixtureTransaction(scratch.fixtures) }
    #expect(error?.file == scratch.path)
    #expect(try scratch.names() == before)
    try writer.commit()
    #expect(try [UInt8](scratch.read("README.md")) == [1, 2, 3])
  }

  @Test("the lock is free when a writer is done or has failed")
  func unlocked() async throws {
    try await scratch.regenerate(formulations, Families.other)
    struct Stopped: Error {}
    for _ in 0..<2 {
      await #expect(throws: Stopped.self) {
        try await scratch.regenerate(formulations) { _ in throw Stopped() }
      }
    }
    try await scratch.regenerate(formulations)
    #expect(
      try scratch.names() == [
        ".lock", "README.md", "cs224d-gru.h5", "manifest.json", "padhai-gru.h5",
      ])
  }

  /// The same folder is replaced by two sets in turn while it is read: every read must succeed.
  @Test("a reader sees whole sets while a writer replaces them")
  func readers() async throws {
    let sets = try await [Families.other, Families.small].asyncMap { families in
      let folder = try ScratchFolder()
      try await folder.regenerate(formulations, families)
      return try folder.contents()
    }
    let writer = { @Sendable (set: [String: Data]) in
      let transaction = try FixtureTransaction(scratch.fixtures)
      for (name, data) in set { try transaction.stage([UInt8](data), as: name) }
      try transaction.commit()
    }
    try writer(sets[0])
    let writing = Writing()
    try await withThrowingTaskGroup(of: Int.self) { group in
      group.addTask {
        defer { writing.isDone.store(true, ordering: .releasing) }
        for round in 1...60 { try writer(sets[round % 2]) }
        return 0
      }
      for formulation in formulations {
        group.addTask {
          var reads = 0
          while !writing.isDone.load(ordering: .acquiring) || reads == 0 {
            let names = try scratch.fixtures.fixture(of: formulation).cases.map(\.name)
            guard names == ["one-step"] || names == ["one-step", "no-steps"] else {
              throw UnknownSet(names: names)
            }
            reads += 1
          }
          return reads
        }
      }
      try await group.waitForAll()
    }
  }

  private final class Writing: Sendable {
    let isDone = Atomic(false)
  }

  private struct UnknownSet: Error { let names: [String] }
}

extension Sequence {
  fileprivate func asyncMap<Result>(
    _ transform: (Element) async throws -> Result
  ) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}
