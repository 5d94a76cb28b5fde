import ArgumentParser
import Conformance
import Equations
import Foundation

/// `rnncheck show`: a formulation and everything that is read off it.
struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract:
      "Show a formulation: its equations, corrections, shapes, gradients and claims.",
    discussion: """
      Examples:
        rnncheck show padhai-lstm
        rnncheck show cs224d-gru/reset-before --format latex
        rnncheck show --formulation my-cell.json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case human, json, latex, mathml }

  @Argument(help: ArgumentHelp("Formulations.", valueName: "formulation")) var ids: [String] = []
  @OptionGroup var options: FormulationOptions
  @Option(help: "How to print it.") var format: Format = .human

  func validate() throws {
    guard !ids.isEmpty || !options.files.isEmpty else {
      throw ValidationError("name a formulation; 'rnncheck list' shows them")
    }
  }

  func run() async throws {
    try await reportingFailures { [ids, options, format] in
      var sheets: [FormulationSheet] = []
      for formulation in try options.formulations(named: ids) {
        let declaration = formulation.declaration
        // A file of the user's own may bear a built-in name; no document claims anything of it.
        let isBuiltIn = Catalogue.entries.contains { $0.declaration == declaration }
        sheets.append(
          try FormulationSheet(
            formulation,
            claims: isBuiltIn ? try await Catalogue.claimResults(concerning: [declaration]) : []))
      }
      for (index, sheet) in sheets.enumerated() {
        if index > 0, format != .json { try Console.write("\n") }
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
