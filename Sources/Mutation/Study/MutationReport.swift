import Conformance
import GoldenFixtures

/// What became of all mutants.
public struct MutationReport: Sendable {
  /// Every mutant in every arithmetic, in the order of the formulations.
  public let results: [MutantResult]
  /// The smallest change of each series that is seen.
  public let sweeps: [SweepResult]

  /// A report.
  public init(results: [MutantResult], sweeps: [SweepResult]) {
    self.results = results
    self.sweeps = sweeps
  }

  /// The mutants that the suite lets live.
  public var survivors: [MutantResult] { results.filter { $0.fate == .survived } }

  /// How many results have each fate.
  public func count(
    _ fate: MutantResult.Fate, of bugClass: BugClass? = nil, in precision: Precision
  ) -> Int {
    results.count {
      $0.fate == fate && $0.precision == precision
        && (bugClass == nil || $0.mutant.bugClass == bugClass)
    }
  }

  /// How often the report names what the change made wrong, of how many mutants that it could.
  public func rightPlaces(in precision: Precision) -> (right: Int, all: Int) {
    let named = results.filter { $0.precision == precision }
      .compactMap { $0.killer?.namesRightPlace }
    return (named.count { $0 }, named.count)
  }

  /// How often the report names the first wrong step, of how many mutants with wrong values.
  public func rightSteps(in precision: Precision) -> (right: Int, all: Int) {
    let named = results.filter { $0.precision == precision }
      .compactMap { $0.killer?.namesRightStep }
    return (named.count { $0 }, named.count)
  }
}
