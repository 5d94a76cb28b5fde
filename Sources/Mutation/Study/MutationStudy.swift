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
    _ fixtures: FixtureFolder, precisions: [Precision] = Precision.wide,
    cases: Set<String>? = nil
  ) {
    self.fixtures = fixtures
    self.precisions = precisions
    self.cases = cases
  }

  private enum Work: Sendable {
    case trials(Mutant, Bench, [Precision])
    case sweep(Sweep, Bench, Precision)
  }

  private enum Found: Sendable {
    case mutant([MutantResult])
    case sweep(SweepResult)
  }

  /// Tries the mutants of some formulations.
  ///
  /// - Parameters:
  ///   - entries: which formulations.
  ///   - sweeps: whether to look for the smallest change of each series too.
  ///   - isIncluded: which mutants; all by default.
  ///   - progress: called with how many of all mutants and series are done.
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
      for mutant in try Mutant.all(of: bench.source) where isIncluded(mutant) {
        let precisions = precisions.filter(mutant.precisions.contains)
        if !precisions.isEmpty { work.append(.trials(mutant, bench, precisions)) }
      }
      guard sweeps else { continue }
      for sweep in Sweep.all(of: bench.source) {
        for precision in precisions { work.append(.sweep(sweep, bench, precision)) }
      }
    }
    let found = try await onAllCores(work, progress: progress) { work -> Found in
      switch work {
      case .trials(let mutant, let bench, let precisions):
        .mutant(Self.results(of: mutant, on: bench, in: precisions))
      case .sweep(let sweep, let bench, let precision):
        .sweep(sweep.result(on: bench, in: precision))
      }
    }
    return MutationReport(
      results: found.flatMap { found -> [MutantResult] in
        if case .mutant(let results) = found { results } else { [] }
      },
      sweeps: found.compactMap { if case .sweep(let result) = $0 { result } else { nil } })
  }

  private static func results(
    of mutant: Mutant, on bench: Bench, in precisions: [Precision]
  ) -> [MutantResult] {
    let subject = mutant.subject()
    return precisions.map {
      Trial(bench: bench, mutant: mutant, precision: $0, subject: subject).result()
    }
  }

  /// Tries every mutant on every case by itself, in float64.
  ///
  /// - Throws: as `run`.
  public func killMatrix(
    of entry: Catalogue.Entry, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> KillMatrix {
    let bench = try Bench(entry, fixtures, cases: cases)
    let mutants = try Mutant.all(of: bench.source).filter { $0.precisions.contains(.float64) }
    let rows = try await onAllCores(mutants, progress: progress) { mutant in
      let trial = Trial(
        bench: bench, mutant: mutant, precision: .float64, subject: mutant.subject())
      return KillMatrix.Row(
        mutant: mutant.id, bugClass: mutant.bugClass,
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
