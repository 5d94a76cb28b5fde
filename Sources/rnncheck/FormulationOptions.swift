import ArgumentParser
import Conformance
import Equations
import Foundation

/// Formulations by name, or declared in a JSON file of the user's own.
struct FormulationOptions: ParsableArguments {
  @Option(
    name: .customLong("formulation"),
    help: ArgumentHelp(
      "A formulation of your own, declared in a JSON file; may be repeated.",
      discussion: "The fields are id, lines (LaTeX), notation and outputs, and optionally title,"
        + " document, corrections and reading; 'rnncheck show ID --format json' prints an example"
        + " under 'declaration'.", valueName: "file.json"))
  var files: [String] = []

  /// The named formulations, then the declared ones.
  ///
  /// - Throws: `UnknownFormulation` or `UnknownComposition` for a name; `EquationError` where a file is not a declaration or its lines cannot be read.
  func formulations(named ids: [String]) throws -> [Formulation] {
    let named = try ids.map(Catalogue.formulation(named:))
    let declared = try files.map { file in
      guard let data = FileManager.default.contents(atPath: file) else {
        throw EquationError(
          code: .declaration, message: "\(file): there is no such file, or it cannot be read")
      }
      return try Declaration(json: data, file: file)
    }
    return try named
      + declared.map { declaration throws(EquationError) in try Formulation(declaration) }
  }
}
