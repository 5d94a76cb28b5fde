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

  /// What is run of one formulation.
  private struct Portion: Sendable {
    /// In the order of the fixture.
    let assignments: [Assignment]
    let limits: [DetectionLimits.Limit]
  }

  /// One examination; by reference, as those that wait are sorted with every formulation that is read.
  private final class Assignment: Sendable {
    let examination: CaseExamination
    /// How much work it is, roughly.
    let weight: Int
    /// The place of the formulation among those of the run, and of the examination among its own.
    let order: (formulation: Int, place: Int)

    init(_ examination: CaseExamination, order: (formulation: Int, place: Int)) {
      self.examination = examination
      self.weight = examination.weight
      self.order = order
    }
  }

  /// What a task of a run has done.
  private enum Done: Sendable {
    case read(Portion)
    case examined(results: [CheckResult], order: (formulation: Int, place: Int))
  }

  /// Checks the built-in cells of some formulations.
  ///
  /// - Parameters:
  ///   - entries: which ones.
  ///   - goldens: the cases of those that have no file in the folder.
  ///   - progress: called with how many of all examinations are done, once all are known.
  /// - Throws: `FixtureError` or `HDF5Error` where a fixture cannot be read; `CancellationError`.
  public func run(
    _ entries: [Catalogue.Entry], goldens: [FormulationFixture] = [],
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Report {
    try await run(count: entries.count, progress: progress) { index in
      let formulation = try entries[index].formulation()
      let fixture =
        try goldens.first { $0.formulation == formulation.id } ?? fixtures.fixture(of: formulation)
      return try portion(entries[index].subject, formulation, fixture, at: index)
    }
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
    try await run(count: 1, progress: progress) { index in
      try portion(
        subject, formulation, try goldens ?? fixtures.fixture(of: formulation), at: index)
    }
  }

  /// Checks any subject against a formulation on the calling thread, one case after the other.
  ///
  /// - Throws: `FixtureError` or `HDF5Error` where a fixture cannot be read.
  package func report(
    on subject: any Subject, against formulation: Formulation, goldens: FormulationFixture
  ) throws -> Report {
    let portion = try portion(subject, formulation, goldens, at: 0)
    var report = Report(results: portion.assignments.flatMap { $0.examination.results() })
    report.limits = portion.limits
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

  private func portion(
    _ subject: any Subject, _ formulation: Formulation, _ fixture: FormulationFixture,
    at index: Int
  ) throws -> Portion {
    let offered = Precision.allCases.filter {
      precisions.contains($0) && subject.precisions.contains($0)
    }
    let reference = try Reference(formulation).keepingGraphs
    let examinations = selected(fixture).flatMap { golden in
      let poisoned = PoisonedAnswers()
      return offered.map { precision in
        CaseExamination(
          reference: reference, subject: subject, golden: golden, precision: precision,
          checks: checks, poisoned: poisoned)
      }
    }
    return Portion(
      assignments: examinations.enumerated().map { place, examination in
        Assignment(examination, order: (index, place))
      },
      limits: limits(of: subject, formulation, fixture))
  }

  /// Examines cases while the fixtures of later formulations are read, one after the other.
  ///
  /// Of the cases that are known the large ones go first, so that the cores end together. A part of a run is dealt
  /// out of all cases, which are then read before. The report is in the order of the fixtures.
  ///
  /// - Parameters:
  ///   - count: how many formulations there are.
  ///   - portion: reads what is run of one.
  private func run(
    count: Int, progress: @escaping @Sendable (Int, Int) -> Void,
    of portion: @escaping @Sendable (Int) throws -> Portion
  ) async throws -> Report {
    var portions: [Portion] = []
    var waiting: ArraySlice<Assignment> = []
    if let shard {
      portions = try (0..<count).map(portion)
      let all = portions.flatMap(\.assignments)
      waiting = Self.largestFirst(shard.positions(of: all.map(\.weight)).map { all[$0] })
    }
    var own = waiting.count
    var results: [(results: [CheckResult], order: (formulation: Int, place: Int))] = []
    try await withThrowingTaskGroup(of: Done.self) { group in
      var (running, isReading) = (0, false)
      func start() -> Bool {
        if !isReading, portions.count < count {
          isReading = true
          group.addTask { [next = portions.count] in
            try Task.checkCancellation()
            return .read(try portion(next))
          }
        } else if let next = waiting.popFirst() {
          group.addTask {
            try Task.checkCancellation()
            return .examined(results: next.examination.results(), order: next.order)
          }
        } else {
          return false
        }
        running += 1
        return true
      }
      while running < Self.coreCount, start() {}
      while let done = try await group.next() {
        running -= 1
        switch done {
        case .read(let portion):
          isReading = false
          portions.append(portion)
          own += portion.assignments.count
          waiting = Self.largestFirst(waiting + portion.assignments)
        case .examined(let found, let order):
          results.append((found, order))
          if portions.count == count { progress(results.count, own) }
        }
        while running < Self.coreCount, start() {}
      }
    }
    var report = Report(
      results: results.sorted { $0.order < $1.order }.flatMap(\.results))
    report.limits = portions.flatMap(\.limits)
    report.shard = shard
    return report
  }

  private static func largestFirst(_ assignments: some Sequence<Assignment>) -> ArraySlice<
    Assignment
  > {
    assignments.sorted { $0.weight > $1.weight }[...]
  }

  private static var coreCount: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
}

extension CaseExamination {
  /// How much work the case is, roughly.
  fileprivate var weight: Int {
    let scalars = golden.problem.parameters.values.reduce(0) { $0 + $1.count }
    return scalars * golden.problem.batch.batch * max(golden.problem.batch.steps, 1)
      * (precision == .float64 ? 8 : 1)
  }
}
