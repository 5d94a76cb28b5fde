import ArgumentParser
import Conformance
import Equations
import Foundation

/// `rnncheck show`: a formulation and everything that is read off it.
struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Show a formulation: its equations, corrections, kinds, shapes and gradient equations.",
    discussion: """
      Examples:
        rnncheck show padhai-lstm
        rnncheck show cs224d-gru/reset-before --format latex
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case human, json, latex, mathml }

  @Argument(help: ArgumentHelp("The formulation.", valueName: "formulation")) var id: String
  @Option(help: "How to print it.") var format: Format = .human

  func run() async throws {
    try await reportingFailures { [id, format] in
      for entry in try Catalogue.entries(named: [id]) {
        let sheet = try FormulationSheet(Formulation(entry.declaration))
        switch format {
        case .human: try Console.write(sheet.text)
        case .json: try Console.write(try sheet.json())
        case .latex: try Console.write(sheet.latex)
        case .mathml: try Console.write(sheet.mathML)
        }
      }
    }
  }
}
