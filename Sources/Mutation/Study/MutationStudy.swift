import Conformance
import Foundation
import GoldenFixtures

/// The conformance suite against wrong implementations: what it catches.
///
/// Goldens, tolerances and checks are those of `Suite`.
public struct MutationStudy: Sendable {
  private let fixtures: FixtureFolder
  private let precisions: [Precision]
  private let cases: Set<String>?

  /// A study over a folder of fixtures.
  ///
  /// - Parameters:
  ///   - fixtures: where the goldens are.
  ///   - precisions: in which arithmetics; all by default.
  ///   - cases: the names of the cases that the suite has; nil for all. With fewer more mutants live.
  public init(
    _ fixtures: FixtureFolder, precisions: [Precision] = Precision.allCases,
    cases: Set<String>? = nil
  ) {
    self.fixtures = fixtures
    self.precisions = precisions
    self.cases = cases
  }

  private enum Work: Sendable {
    case trial(Trial)
    case sweep(Sweep, Bench, Precision)
  }

  private enum Found: Sendable {
    case mutant(MutantResult)
    case sweep(SweepResult)
  }

  /// Tries the mutants of some formulations.
  ///
  /// - Parameters:
  ///   - entries: which formulations.
  ///   - sweeps: whether to look for the smallest change of each series too.
  ///   - isIncluded: which mutants; all by default.
  ///   - progress: called with how many of all trials are done.
  /// - Throws: `EquationError`, `FixtureError` or `HDF5Error` where a formulation or its fixture cannot be read;
  ///   `CancellationError`.
  public func run(
    _ entries: [Catalogue.Entry], sweeps: Bool = true,
    where isIncluded: @Sendable (Mutant) -> Bool = { _ in true },
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> MutationReport {
    var work: [Work] = []
    for entry in entries {
      let bench = try Bench(entry, fixtures, cases: cases)
      for mutant in try Mutant.all(of: entry) where isIncluded(mutant) {
        for precision in precisions where mutant.precisions.contains(precision) {
          work.append(.trial(Trial(bench: bench, mutant: mutant, precision: precision)))
        }
      }
      guard sweeps else { continue }
      for sweep in Sweep.all(of: bench.source) {
        for precision in precisions { work.append(.sweep(sweep, bench, precision)) }
      }
    }
    let found = try await onAllCores(work, progress: progress) { work -> Found in
      switch work {
      case .trial(let trial): .mutant(trial.result())
      case .sweep(let sweep, let bench, let precision):
        .sweep(sweep.result(on: bench, in: precision))
      }
    }
    return MutationReport(
      results: found.compactMap { if case .mutant(let result) = $0 { result } else { nil } },
      sweeps: found.compactMap { if case .sweep(let result) = $0 { result } else { nil } })
  }

  /// Tries every mutant on every case by itself, in float64.
  ///
  /// - Throws: as `run`.
  public func killMatrix(
    of entry: Catalogue.Entry, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> KillMatrix {
    let bench = try Bench(entry, fixtures, cases: cases)
    let trials = try Mutant.all(of: entry).filter { $0.precisions.contains(.float64) }
      .map { Trial(bench: bench, mutant: $0, precision: .float64) }
    let rows = try await onAllCores(trials, progress: progress) { trial in
      KillMatrix.Row(
        mutant: trial.mutant.id, bugClass: trial.mutant.bugClass,
        cases: Set(bench.cases.filter(trial.isKilled).map(\.name)))
    }
    return KillMatrix(
      formulation: bench.source.formulation.id, cases: bench.casesInOrder.map(\.name),
      // What no case kills is right, or lives: neither says anything about a case.
      rows: rows.filter { !$0.cases.isEmpty })
  }
}

/// The results of some work in its order, as many pieces at a time as there are cores.
///
/// - Throws: `CancellationError`.
private func onAllCores<Work: Sendable, Found: Sendable>(
  _ work: [Work], progress: @escaping @Sendable (Int, Int) -> Void,
  _ body: @escaping @Sendable (Work) -> Found
) async throws -> [Found] {
  try await withThrowingTaskGroup(of: (Int, Found).self) { group in
    var waiting = work.enumerated().makeIterator()
    func start() {
      guard let (order, next) = waiting.next() else { return }
      group.addTask {
        try Task.checkCancellation()
        return (order, body(next))
      }
    }
    var found: [Found?] = Array(repeating: nil, count: work.count)
    var done = 0
    for _ in 0..<max(1, ProcessInfo.processInfo.activeProcessorCount) { start() }
    while let (order, result) = try await group.next() {
      found[order] = result
      done += 1
      progress(done, work.count)
      start()
    }
    return found.compactMap { $0 }
  }
}
