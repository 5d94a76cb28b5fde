import ArgumentParser
import Conformance
import Equations
import Foundation

/// `rnncheck list`: the formulations.
struct List: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
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
    /// How many claims concern it.
    let claims: Int
  }

  func run() async throws {
    let rows = Catalogue.entries.map(\.declaration).map {
      Row(
        id: $0.id, document: $0.document.key, title: $0.title, reading: $0.reading,
        claims: Catalogue.claims(concerning: [$0]).count)
    }
    try await reportingFailures { [format, fixtures] in
      switch format {
      case .human:
        var table = TextTable([
          .left("formulation"), .left("document"), .right("claims"), .left("what it is"),
        ])
        for row in rows {
          let reading = row.reading.isEmpty ? "" : ": \(row.reading)"
          table.add([row.id, row.document, "\(row.claims)", row.title + reading])
        }
        try Console.write(table.text)
      case .json:
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try Console.write(try encoder.encode(rows) + Data("\n".utf8))
      case .markdown: try Console.write(try Coverage(of: fixtures.folder).markdown)
      }
    }
  }
}
