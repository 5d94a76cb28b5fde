import ArgumentParser
import Conformance
import Equations
import Foundation

/// `rnncheck list`: the formulations.
struct List: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the formulations, their documents and what each reading decides.",
    discussion: """
      In Markdown the list says what there is of each: the cell, how many golden values and \
      gradients, and how many claims of its document.

      Examples:
        rnncheck list
        rnncheck list --format json
        rnncheck list --format markdown
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case human, json, markdown }

  @Option(help: "How to print the list.") var format: Format = .human
  @OptionGroup var fixtures: FixtureOptions

  private struct Row: Encodable {
    let id, document, title, reading: String
    let hasCell: Bool
    /// How many claims concern it.
    let claims: Int

    enum CodingKeys: String, CodingKey {
      case id, document, title, reading, claims
      case hasCell = "has_cell"
    }
  }

  func run() async throws {
    let withCell = Set(Catalogue.entries.map(\.declaration.id))
    let rows = Catalogue.declarations.map {
      Row(
        id: $0.id, document: $0.document.key, title: $0.title, reading: $0.reading,
        hasCell: withCell.contains($0.id), claims: Catalogue.claims(concerning: [$0]).count)
    }
    try await reportingFailures { [format, fixtures] in
      switch format {
      case .human:
        var table = TextTable([
          .left("formulation"), .left("document"), .right("claims"), .left("what it is"),
        ])
        for row in rows {
          let reading = row.reading.isEmpty ? "" : ": \(row.reading)"
          let cell = row.hasCell ? "" : " (no cell of ours; for check and compare)"
          table.add([row.id, row.document, "\(row.claims)", row.title + reading + cell])
        }
        try Console.write(table.text)
      case .json: try Console.write(try rows.reportJSON())
      case .markdown: try Console.write(try Coverage(of: fixtures.folder).markdown)
      }
    }
  }
}
