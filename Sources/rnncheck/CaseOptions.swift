import ArgumentParser
import GoldenFixtures

/// Which of a formulation's cases are asked and judged.
struct CaseOptions: ParsableArguments {
  @Option(
    name: .customLong("case"),
    help: ArgumentHelp("This case only; may be repeated.", valueName: "case"))
  var names: [String] = []

  /// The cases that are named; all where none is.
  ///
  /// - Throws: `ExitCode.nothingSelected` where there is no case of a name.
  func selected(from goldens: FormulationFixture) throws -> [GoldenCase] {
    if let name = names.first(where: { name in !goldens.cases.contains { $0.name == name } }) {
      let known = goldens.cases.map(\.name).joined(separator: ", ")
      Console.message("error: there is no case '\(name)'; the cases are \(known)")
      throw ExitCode.nothingSelected
    }
    return names.isEmpty ? goldens.cases : goldens.cases.filter { names.contains($0.name) }
  }
}
