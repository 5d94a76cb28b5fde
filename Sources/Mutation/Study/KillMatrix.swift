import Conformance
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

    /// A row.
    package init(mutant: String, bugClass: BugClass, cases: Set<String>) {
      self.mutant = mutant
      self.bugClass = bugClass
      self.cases = cases
    }
  }

  /// The formulation.
  public let formulation: String
  /// The cases in the order of the fixture.
  public let cases: [String]
  /// The mutants that some case kills.
  public let rows: [Row]

  /// A matrix.
  package init(formulation: String, cases: [String], rows: [Row]) {
    self.formulation = formulation
    self.cases = cases
    self.rows = rows
  }

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

extension KillMatrix {
  /// What each case reveals in some formulations, as a table for people.
  public static func summary(of matrices: [KillMatrix]) -> String {
    var table = TextTable([
      .left("case"), .right("kills"), .right("alone"), .left("for example"),
    ])
    var cases: [String] = []
    for goldenCase in matrices.flatMap(\.cases) where !cases.contains(goldenCase) {
      cases.append(goldenCase)
    }
    for goldenCase in cases {
      let own = matrices.flatMap { matrix in
        matrix.mutantsOfItsOwn(goldenCase).map { "\(matrix.formulation) \($0)" }
      }
      let kills = matrices.reduce(0) { sum, matrix in
        sum + matrix.rows.count { $0.cases.contains(goldenCase) }
      }
      table.add([goldenCase, "\(kills)", "\(own.count)", own.first ?? ""])
    }
    let all = matrices.reduce(0) { $0 + $1.rows.count }
    return table.text
      + "\nOf \(all) mutants in float64: how many each case kills by itself, and how"
      + " many no other case kills.\n"
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
