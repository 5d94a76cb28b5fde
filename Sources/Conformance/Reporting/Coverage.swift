import Claims
import GoldenFixtures
import Tensors

/// What there is of every formulation of the catalogue: its cell, its goldens and the claims about it.
public struct Coverage: Sendable {
  /// What there is of one formulation.
  public struct Row: Sendable {
    /// The document's key.
    public let document: String
    /// The formulation's identifier.
    public let formulation: String
    /// The Swift type of the hand-written cell.
    public let cell: String
    /// How many cases there are.
    public let cases: Int
    /// How many golden numbers the signals and final states have in them.
    public let values: Int
    /// How many golden numbers the gradients have.
    public let gradients: Int
    /// The claims of the document that concern it.
    public let claims: [Claim]
  }

  /// A row for each formulation, in the catalogue's order.
  public let rows: [Row]

  /// Counts the goldens in some fixtures.
  ///
  /// - Throws: `FixtureError` or `HDF5Error` where a fixture cannot be read; `EquationError`.
  public init(of fixtures: FixtureFolder) throws {
    rows = try Catalogue.entries.map { entry in
      let cases = try fixtures.fixture(of: try entry.formulation()).cases
      func count(where isCounted: (Quantity) -> Bool) -> Int {
        cases.reduce(0) { sum, golden in
          golden.answers.reduce(sum) { isCounted($1.key) ? $0 + $1.value.count : $0 }
        }
      }
      return Row(
        document: entry.declaration.document.key, formulation: entry.declaration.id,
        cell: entry.subject.name, cases: cases.count, values: count { !$0.isGradient },
        gradients: count(where: \.isGradient),
        claims: Catalogue.claims(concerning: [entry.declaration]))
    }
  }

  /// The rows as a table in Markdown.
  public var markdown: String {
    var text = "| document | formulation | cell | goldens | gradients | claims |\n"
    text += "|---|---|---|---|---|---|\n"
    for row in rows {
      text += "| \(row.document) | `\(row.formulation)` | `\(row.cell)` |"
      text += " \(row.values) in \(row.cases) cases | \(row.gradients) | \(claims(of: row)) |\n"
    }
    return text
  }

  /// How many claims there are; a reading or a composition without its own has those of its original.
  private func claims(of row: Row) -> String {
    let original = String(row.formulation.prefix { !"/+".contains($0) })
    guard !row.claims.isEmpty else {
      let isClaimed = rows.contains { $0.formulation == original && !$0.claims.isEmpty }
      return isClaimed ? "those of `\(original)`" : "–"
    }
    let wrong = row.claims.count { $0.expectation != .holds }
    return "\(row.claims.count)" + (wrong > 0 ? ", \(wrong) false as printed" : "")
  }
}
