import ArgumentParser
import Conformance
import Equations
import Exchange
import Identification

/// `rnncheck identify`: which cell a layer of some framework is, and in which order its gates lie.
struct Identify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identify",
    abstract: "Say which cell a layer is, and where its gates and biases lie in its weights.",
    discussion: """
      The command after -- is run once, with two paths appended: an HDF5 file with inputs, states \
      and numbers to fill the layer's own weights with, and the HDF5 file to write. Every \
      formulation is tried in every gate order, transposition and bias convention, and where none \
      is exact with one change each; nothing that is only near is named. fixtures/README.md \
      describes the files; tools/adapters/numpy_layers.py has layers to copy.

      Examples:
        rnncheck identify -- tools/adapters/pytorch gru
        rnncheck identify --dtype float32 --format json -- python3 my_layer.py
        rnncheck identify --formulation my-cell.json -- python3 my_layer.py

      Exit codes: 0 it is something known, 1 it is nothing known, 2 could not run, 64 usage.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case human, json }

  @OptionGroup var declared: FormulationOptions
  @Option(name: .customLong("dtype"), help: "The arithmetic that is asked for: float64 or float32.")
  var precision: Precision = .float64
  @Option(
    help: ArgumentHelp("How many seconds the command may take.", valueName: "seconds"))
  var timeout = 60
  @Option(help: "How to print the result.") var format: Format = .human
  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("The command that answers, after --.", valueName: "command"))
  var command: [String] = []

  func validate() throws {
    guard !command.isEmpty else {
      throw ValidationError(
        "name the command that answers after --: rnncheck identify -- python3 my_layer.py")
    }
    guard Precision.wide.contains(precision) else {
      throw ValidationError("a layer is identified in float64 or float32")
    }
    guard timeout > 0, timeout <= 86_400 else {
      throw ValidationError("--timeout takes from 1 to 86400 seconds")
    }
  }

  func run() async throws {
    try await reportingFailures { [declared, precision, timeout, format, command] in
      let formulations =
        try Catalogue.entries.map { entry in try entry.formulation() }
        + Catalogue.frameworks.map { try Formulation($0) } + declared.formulations(named: [])
      let program = ExternalProgram(
        command, timeLimit: .seconds(timeout), reader: Program.path)
      Console.progress("running the command")
      let answered = try await program.packedResponse(in: precision)
      Console.progress("trying formulations, gate orders and biases")
      let identification = try await Identification(
        of: answered.file, in: answered.precision, called: command.joined(separator: " "),
        among: formulations)
      switch format {
      case .human: try Console.write(identification.text)
      case .json: try Console.write(try identification.json())
      }
      if identification.matches.isEmpty { throw ExitCode.departs }
    }
  }
}
