import Conformance
import Equations
import Foundation
import GoldenFixtures
import Oracle
import Tensors

/// Many right evaluations of formulations, judged by the checks that judge subjects.
public struct SoundnessStudy: Sendable {
  private let fixtures: FixtureFolder
  private let evaluations: Int
  private let seed: UInt64
  private let arithmetics: [StudiedArithmetic]
  private let fault: Variant.Fault?

  /// By what the evaluations of a case are judged: all by values and gradients, every eighth also step by step
  /// and by calls with other upstream gradients, a few by calls with numbers that are not finite.
  static func checks(ofEvaluation index: Int) -> Set<Check> {
    var checks: Set<Check> = [.values, .gradients]
    if index % 8 == 0 { checks.formUnion([.forwardStep, .backwardStep, .linearity]) }
    if index % 32 == 0 { checks.insert(.propagation) }
    return checks
  }

  /// A study over a folder of fixtures.
  ///
  /// - Parameters:
  ///   - evaluations: how many evaluations of each formulation in each arithmetic, shared among its cases;
  ///     at least one for each case.
  ///   - seed: where the variants' seeds start.
  ///   - arithmetics: which ones; all by default.
  public init(
    _ fixtures: FixtureFolder, evaluations: Int, seed: UInt64,
    arithmetics: [StudiedArithmetic] = StudiedArithmetic.allCases
  ) {
    self.init(
      fixtures, evaluations: evaluations, seed: seed, arithmetics: arithmetics, fault: nil)
  }

  package init(
    _ fixtures: FixtureFolder, evaluations: Int, seed: UInt64, arithmetics: [StudiedArithmetic],
    fault: Variant.Fault?
  ) {
    self.fixtures = fixtures
    self.evaluations = evaluations
    self.seed = seed
    self.arithmetics = arithmetics
    self.fault = fault
  }

  /// Evaluates and judges.
  ///
  /// - Parameters:
  ///   - declarations: which formulations.
  ///   - progress: called with how many of all cases are done.
  /// - Throws: `EquationError`, `FixtureError` or `HDF5Error` where a formulation or its fixture cannot be
  ///   read; `CancellationError`.
  public func run(
    _ declarations: [Declaration],
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> SoundnessReport {
    var studies: [CaseStudy] = []
    for declaration in declarations {
      let reference = try Reference(Formulation(declaration))
      let program = Program(reference)
      let cases = try fixtures.fixture(of: reference.formulation).cases
      for arithmetic in arithmetics {
        let covered = cases.filter(arithmetic.covers)
        for (index, golden) in covered.enumerated() {
          let share =
            evaluations * (index + 1) / covered.count
            - evaluations * index / covered.count
          studies.append(
            CaseStudy(
              reference: reference, program: program, golden: golden, arithmetic: arithmetic,
              variants: max(1, share), seed: seed, fault: fault))
        }
      }
    }
    let outcomes = try await outcomes(of: studies, progress: progress)
    return SoundnessReport(studies: studies, outcomes: outcomes)
  }

  private func outcomes(
    of studies: [CaseStudy], progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws -> [CaseStudy.Outcome] {
    // The long ones first, so that the cores end together.
    var waiting = studies.indices.sorted { studies[$0].weight > studies[$1].weight }[...]
    var outcomes: [Int: CaseStudy.Outcome] = [:]
    try await withThrowingTaskGroup(of: (Int, CaseStudy.Outcome).self) { group in
      func start() {
        guard let next = waiting.popFirst() else { return }
        group.addTask { (next, try studies[next].run()) }
      }
      for _ in 0..<max(1, ProcessInfo.processInfo.activeProcessorCount) { start() }
      while let (index, outcome) = try await group.next() {
        outcomes[index] = outcome
        progress(outcomes.count, studies.count)
        start()
      }
    }
    return studies.indices.compactMap { outcomes[$0] }
  }
}
