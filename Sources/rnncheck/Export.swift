import ArgumentParser
import Conformance
import Exchange
import GoldenFixtures

/// `rnncheck export`: the cases as a file, for a subject that rnncheck cannot run itself.
struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the cases of a formulation to a file, to be answered elsewhere.",
    discussion: """
      The answers go into a file that 'rnncheck grade' judges. fixtures/README.md says what is in \
      both, field by field.

      Examples:
        rnncheck export donahue-lstm -o request.h5
        rnncheck export donahue-lstm --case generic --case ragged -o request.h5
        rnncheck export --formulation my-cell.json -o request.h5
      """)

  @OptionGroup var target: TargetOptions
  @OptionGroup var fixtures: FixtureOptions
  @OptionGroup var cases: CaseOptions
  @Option(name: .customLong("dtype"), help: "The arithmetic that is asked for.")
  var precision: Precision = .float64
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "request.h5"))
  var output: String

  func run() async throws {
    try await reportingFailures { [target, fixtures, cases, precision, output] in
      let (formulation, goldens) = try await target.goldens(in: fixtures.folder)
      let question = Question(formulation, cases: try cases.selected(from: goldens))
      try question.request(dtype: precision.rawValue).write(to: output)
      Console.message(
        "\(output): \(question.entries.count) cases of \(formulation.id); grade the answers with"
          + " 'rnncheck grade response.h5'")
    }
  }
}
