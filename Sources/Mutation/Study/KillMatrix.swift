import GoldenFixtures

/// Which cases kill which mutants of a formulation, each case by itself, in float64.
public struct KillMatrix: Sendable {
  /// A mutant and the cases that kill it.
  public struct Row: Sendable {
    /// The mutant's name.
    public let mutant: String
    /// What kind of bug it is.
    public let bugClass: BugClass
    /// The cases, each of which kills it alone.
    public let cases: Set<String>
  }

  /// The formulation.
  public let formulation: String
  /// The cases in the order of the fixture.
  public let cases: [String]
  /// The mutants that some case kills.
  public let rows: [Row]

  /// The bug classes all of whose mutants a case kills alone: its measured flags.
  public func flags(of goldenCase: String) -> [BugClass] {
    BugClass.allCases.filter { bugClass in
      let mutants = rows.filter { $0.bugClass == bugClass }
      return !mutants.isEmpty && mutants.allSatisfy { $0.cases.contains(goldenCase) }
    }
  }

  /// The mutants that no other case kills.
  public func mutantsOfItsOwn(_ goldenCase: String) -> [String] {
    rows.filter { $0.cases == [goldenCase] }.map(\.mutant)
  }
}

extension MeasuredFlags {
  /// The measured flags of some formulations; those of others are kept.
  public func updated(by matrices: [KillMatrix]) -> MeasuredFlags {
    var updated = self
    for matrix in matrices {
      for goldenCase in matrix.cases {
        updated[matrix.formulation, goldenCase] = matrix.flags(of: goldenCase)
      }
    }
    return updated
  }
}
