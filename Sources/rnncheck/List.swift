import ArgumentParser
import Conformance
import Equations
import Foundation

/// `rnncheck list`: the formulations.
struct List: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the formulations, their documents and what each reading decides.",
    discussion: """
      Examples:
        rnncheck list
        rnncheck list --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case human, json }

  @Option(help: "How to print the list.") var format: Format = .human

  private struct Row: Encodable {
    let id, document, title, reading: String
    let hasCell: Bool

    enum CodingKeys: String, CodingKey {
      case id, document, title, reading
      case hasCell = "has_cell"
    }
  }

  func run() async throws {
    let withCell = Set(Catalogue.entries.map(\.declaration.id))
    let rows = Catalogue.declarations.map {
      Row(
        id: $0.id, document: $0.document.key, title: $0.title, reading: $0.reading,
        hasCell: withCell.contains($0.id))
    }
    try await reportingFailures { [format] in
      switch format {
      case .human:
        var table = TextTable([.left("formulation"), .left("document"), .left("what it is")])
        for row in rows {
          let reading = row.reading.isEmpty ? "" : ": \(row.reading)"
          let cell = row.hasCell ? "" : " (no cell of ours; for check and compare)"
          table.add([row.id, row.document, row.title + reading + cell])
        }
        try Console.write(table.text)
      case .json:
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try Console.write(try encoder.encode(rows) + Data("\n".utf8))
      }
    }
  }
}
