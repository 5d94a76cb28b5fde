import ArgumentParser
import Conformance
import Equations
import Exchange
import GoldenFixtures

/// `rnncheck check`: an implementation of the user's, in any language, against a formulation.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check an implementation of your own, in any language, against a formulation.",
    discussion: """
      The command after -- is run once for each arithmetic, with two paths appended: an HDF5 file \
      of cases to answer, and the HDF5 file to write. fixtures/README.md says what is in them, \
      field by field; tools/adapters/numpy_lstm.py is a template to copy.

      Examples:
        rnncheck check donahue-lstm -- python3 my_lstm.py
        rnncheck check cs224d-gru --dtype float32 -- ./my_gru
        rnncheck check donahue-lstm --dtype bfloat16 -- python3 my_lstm.py
        rnncheck check --formulation my-cell.json -- python3 my_cell.py
      """)

  @OptionGroup var target: TargetOptions
  @OptionGroup var fixtures: FixtureOptions
  @OptionGroup var report: ReportOptions
  @Option(
    name: .customLong("dtype"),
    help: "Ask in this arithmetic only; may be repeated. float64 and float32 where none is named.")
  var precisions: [Precision] = []
  @Option(
    help: ArgumentHelp(
      "How many seconds the command may take for each arithmetic.", valueName: "seconds"))
  var timeout = 60
  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("The command that answers, after --.", valueName: "command"))
  var command: [String] = []

  func validate() throws {
    guard !command.isEmpty else {
      throw ValidationError(
        "name the command that answers after --: rnncheck check \(target.id ?? "ID") -- python3"
          + " my_cell.py")
    }
    guard timeout > 0, timeout <= 86_400 else {
      throw ValidationError("--timeout takes from 1 to 86400 seconds")
    }
  }

  func run() async throws {
    try await reportingFailures { [target, fixtures, report, precisions, timeout, command] in
      let (formulation, goldens) = try await target.goldens(in: fixtures.folder)
      let program = ExternalProgram(
        command, timeLimit: .seconds(timeout), reader: Program.path)
      let wanted =
        precisions.isEmpty ? Precision.wide : Precision.allCases.filter(precisions.contains)
      let subject = try await program.subject(
        answering: Question(formulation, cases: report.cases.selected(from: goldens)), in: wanted
      ) { Console.progress("running the command in \($0.rawValue)") }
      try await report.grade(subject, formulation, goldens, in: fixtures.folder)
    }
  }
}
