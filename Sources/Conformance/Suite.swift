import Equations
import Foundation
import GoldenFixtures
import Oracle

/// The conformance suite: subjects against the golden fixtures of their formulations.
public struct Suite: Sendable {
  private let fixtures: FixtureFolder
  private let checks: Set<Check>
  private let precisions: Set<Precision>
  private let cases: Set<String>?
  private let shard: Shard?

  /// A suite over a folder of fixtures.
  ///
  /// - Parameters:
  ///   - fixtures: where the goldens are.
  ///   - checks: which checks to run; all by default.
  ///   - precisions: in which arithmetics, as far as a subject offers them; all by default.
  ///   - cases: the names of the cases to run; nil for all.
  ///   - shard: the part of them to run; nil for the whole.
  public init(
    _ fixtures: FixtureFolder, checks: Set<Check> = Set(Check.allCases),
    precisions: Set<Precision> = Set(Precision.allCases), cases: Set<String>? = nil,
    shard: Shard? = nil
  ) {
    self.fixtures = fixtures
    self.checks = checks
    self.precisions = precisions
    self.cases = cases
    self.shard = shard
  }

  private struct Assignment: Sendable {
    let order: Int
    let examination: CaseExamination
  }

  /// Checks the built-in cells of some formulations.
  ///
  /// - Parameters:
  ///   - entries: which ones.
  ///   - goldens: the cases of those that have no file in the folder.
  ///   - progress: called with how many of all examinations are done.
  /// - Throws: `FixtureError` or `HDF5Error` where a fixture cannot be read; `CancellationError`.
  public func run(
    _ entries: [Catalogue.Entry], goldens: [FormulationFixture] = [],
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Report {
    var assignments: [Assignment] = []
    var limits: [DetectionLimits.Limit] = []
    for entry in entries {
      let formulation = try entry.formulation()
      let fixture =
        try goldens.first { $0.formulation == formulation.id } ?? fixtures.fixture(of: formulation)
      assignments += try self.assignments(
        entry.subject, reference: Reference(formulation).keepingGraphs, fixture: fixture,
        after: assignments.count)
      limits += self.limits(of: entry.subject, formulation, fixture)
    }
    var report = try await run(assignments, progress: progress)
    report.limits = limits
    return report
  }

  /// Checks any subject against a formulation.
  ///
  /// - Parameter goldens: the formulation's cases; those of the folder by default.
  /// - Throws: as `run(_:progress:)`.
  public func run(
    _ subject: any Subject, against formulation: Formulation,
    goldens: FormulationFixture? = nil,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Report {
    let fixture = try goldens ?? fixtures.fixture(of: formulation)
    var report = try await run(
      assignments(
        subject, reference: Reference(formulation).keepingGraphs, fixture: fixture, after: 0),
      progress: progress)
    report.limits = limits(of: subject, formulation, fixture)
    return report
  }

  /// Checks any subject against a formulation on the calling thread, one case after the other.
  ///
  /// - Throws: `FixtureError` or `HDF5Error` where a fixture cannot be read.
  package func report(
    on subject: any Subject, against formulation: Formulation, goldens: FormulationFixture
  ) throws -> Report {
    let assignments = try assignments(
      subject, reference: Reference(formulation).keepingGraphs, fixture: goldens, after: 0)
    var report = Report(results: assignments.flatMap { $0.examination.results() })
    report.limits = limits(of: subject, formulation, goldens)
    return report
  }

  /// The limits of the goldens that the selected checks compare a subject with.
  private func limits(
    of subject: any Subject, _ formulation: Formulation, _ fixture: FormulationFixture
  ) -> [DetectionLimits.Limit] {
    guard !checks.isDisjoint(with: [.values, .gradients]) else { return [] }
    return DetectionLimits.limits(
      of: formulation, selected(fixture), in: precisions.intersection(subject.precisions))
  }

  /// The cases to run.
  func selected(_ fixture: FormulationFixture) -> [GoldenCase] {
    fixture.cases.filter { cases?.contains($0.name) ?? true }
  }

  private func assignments(
    _ subject: any Subject, reference: Reference, fixture: FormulationFixture, after count: Int
  ) -> [Assignment] {
    let offered = Precision.allCases.filter {
      precisions.contains($0) && subject.precisions.contains($0)
    }
    return selected(fixture).flatMap { golden in offered.map { (golden, $0) } }.enumerated().map {
      Assignment(
        order: count + $0,
        examination: CaseExamination(
          reference: reference, subject: subject, golden: $1.0, precision: $1.1, checks: checks))
    }
  }

  /// The large cases first, so that the cores end together; the results in the order of the fixtures.
  private func run(
    _ assignments: [Assignment], progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws -> Report {
    let own =
      shard.map { shard in
        shard.positions(of: assignments.map(\.examination.weight)).map { assignments[$0] }
      } ?? assignments
    var waiting = own.sorted { $0.examination.weight > $1.examination.weight }[...]
    var results: [(order: Int, results: [CheckResult])] = []
    try await withThrowingTaskGroup(of: (Int, [CheckResult]).self) { group in
      func start() {
        guard let next = waiting.popFirst() else { return }
        group.addTask {
          try Task.checkCancellation()
          return (next.order, next.examination.results())
        }
      }
      for _ in 0..<max(1, ProcessInfo.processInfo.activeProcessorCount) { start() }
      while let done = try await group.next() {
        results.append(done)
        progress(results.count, own.count)
        start()
      }
    }
    var report = Report(results: results.sorted { $0.order < $1.order }.flatMap(\.results))
    report.shard = shard
    return report
  }
}

extension CaseExamination {
  /// How much work the case is, roughly.
  fileprivate var weight: Int {
    let scalars = golden.problem.parameters.values.reduce(0) { $0 + $1.count }
    return scalars * golden.problem.batch.batch * max(golden.problem.batch.steps, 1)
      * (precision == .float64 ? 8 : 1)
  }
}
