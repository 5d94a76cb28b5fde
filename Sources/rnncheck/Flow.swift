import ArgumentParser
import Conformance
import Equations
import Foundation
import GradientFlow

/// `rnncheck flow`: how far back gradients flow.
struct Flow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flow",
    abstract: "Show how gradients vanish, explode or are carried on: ‖∂s_t/∂s_k‖ against t − k.",
    discussion: """
      Exact Jacobians of every step are multiplied in ball arithmetic, so that a norm of 1e-400 is \
      as accurate as any. All formulations have the same sizes, inputs and recurrent matrices: \
      orthogonal ones times a scale, at which gradients vanish (0.5) or explode (3). Cells without \
      gates are drawn with their bound (β_W β_h)^(t−k). A formulation has a curve for each of its \
      states; the cell state of an LSTM is the carousel.

      Examples:
        rnncheck flow elman-tanh donahue-lstm cs224d-gru leaky-rnn --out flow.svg
        rnncheck flow elman-tanh --scale 0.9 --steps 200 --csv flow.csv
        rnncheck flow cs224d-gru --formulation my-cell.json --out flow.svg
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case human, json }

  @Argument(help: ArgumentHelp("Formulations.", valueName: "formulation")) var ids: [String] = []
  @OptionGroup var formulations: FormulationOptions
  @Option(help: ArgumentHelp("Write the picture to this file.", valueName: "file.svg"))
  var out: String?
  @Option(help: ArgumentHelp("Write every point to this file.", valueName: "file.csv"))
  var csv: String?
  @Option(help: "T, how many steps a gradient flows back.") var steps = 50
  @Option(help: "H, the units of every vector.") var hidden = 16
  @Option(help: "The seed of the numbers.") var seed: UInt64 = 1
  @Option(
    name: .customLong("scale"),
    help: "The singular values of the recurrent matrices; may be repeated. 0.5 and 3 by default.")
  var scales: [Double] = []
  @Option(
    name: .customLong("gate-bias"),
    help: "Added to the bias of a gate that carries a state on; lowers one where 1 − gate carries.")
  var gateBias = 4.0
  @Option(help: "How to print the curves.") var format: Format = .human

  func validate() throws {
    guard !ids.isEmpty || !formulations.files.isEmpty else {
      throw ValidationError("name a formulation; 'rnncheck list' shows them")
    }
    for (option, file, ending) in [("--out", out, ".svg"), ("--csv", csv, ".csv")] {
      guard let file, !file.lowercased().hasSuffix(ending) || file.count == ending.count else {
        continue
      }
      throw ValidationError("\(option) is '\(file)', expected a name that ends in \(ending)")
    }
    for (option, value, range) in [("--steps", steps, 1...1000), ("--hidden", hidden, 1...64)]
    where !range.contains(value) {
      throw ValidationError(
        "\(option) is \(value), expected \(range.lowerBound) to \(range.upperBound)")
    }
    guard scales.allSatisfy({ $0 > 0 && $0 <= 1000 }), scales.count <= 6,
      Set(scales).count == scales.count
    else {
      throw ValidationError("--scale takes up to 6 different numbers above 0 and up to 1000")
    }
    guard gateBias.magnitude <= 1000 else {
      throw ValidationError("--gate-bias is \(gateBias), expected -1000 to 1000")
    }
  }

  func run() async throws {
    let standard = FlowOptions()
    let options = FlowOptions(
      hidden: hidden, steps: steps, seed: seed, scales: scales.isEmpty ? standard.scales : scales,
      gateBias: gateBias)
    try await reportingFailures { [ids, formulations, out, csv, format] in
      let flow = try await FlowMeasurement(
        of: try formulations.formulations(named: ids), options: options)
      if let out { try Self.write(FlowPicture(flow).svg, to: out) }
      if let csv { try Self.write(flow.csv, to: csv) }
      switch format {
      case .human: try Console.write(Self.text(flow))
      case .json: try Console.write(try flow.reportJSON())
      }
      for file in [out, csv].compactMap({ $0 }) { Console.message("wrote \(file)") }
    }
  }

  /// Writes a whole file or none.
  private static func write(_ text: String, to file: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      throw FileError(file: file, reason: error.localizedDescription)
    }
  }

  private struct FileError: Error, CustomStringConvertible {
    let file, reason: String
    var description: String { "\(file): it cannot be written: \(reason)" }
  }

  private static func text(_ flow: FlowMeasurement) -> String {
    flow.panels.map { panel in
      let table = FlowTable(panel)
      var text = TextTable(table.headings.map { .right($0) })
      for row in table.rows { text.add(row) }
      return "Recurrent matrices × \(panel.scale)\n" + text.text
    }.joined(separator: "\n") + "\n" + flow.regime.map { $0 + "\n" }.joined()
      + "∂s is ‖∂s_t/∂s_k‖₂, the other states at k held; bound is (β_W β_h)^(t-k).\n"
  }
}
