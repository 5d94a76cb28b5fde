import ArgumentParser
import Comparison
import Conformance
import Equations
import Foundation

/// `rnncheck compare`: two formulations side by side.
struct Compare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two formulations: what corresponds, what differs, what they cost and do.",
    discussion: """
      Says whether the two are the same cell under a renaming, with a parameter fixed (a bias at zero) or with
      z ↔ 1 − z, and checks what it says on exact numbers.

      Examples:
        rnncheck compare donahue-lstm padhai-lstm
        rnncheck compare cs224d-gru cs224d-gru/reset-before --format json
        rnncheck compare cs224d-gru --formulation my-cell.json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case human, json }

  @Argument(help: "Two formulations, or one and a file, or two files.") var ids: [String] = []
  @OptionGroup var options: FormulationOptions
  @Option(help: "How to print the comparison.") var format: Format = .human
  @Option(name: .customLong("input-size"), help: "I, for the counts and what is measured.")
  var inputSize = 5
  @Option(name: .customLong("hidden-size"), help: "H.") var hiddenSize = 8
  @Option(name: .customLong("output-size"), help: "O.") var outputSize = 4
  @Option(help: "T, of what is measured.") var steps = 16
  @Option(help: "The seed of the numbers.") var seed: UInt64 = 1

  func validate() throws {
    guard ids.count + options.files.count == 2 else {
      throw ValidationError("name two formulations; 'rnncheck list' shows them")
    }
    for (name, size) in [
      ("--input-size", inputSize), ("--hidden-size", hiddenSize), ("--output-size", outputSize),
      ("--steps", steps),
    ] where !(1...256).contains(size) {
      throw ValidationError("\(name) is \(size), expected 1 to 256")
    }
  }

  func run() async throws {
    let sizes = Sizes(input: inputSize, hidden: hiddenSize, output: outputSize)
    let measured = ComparisonOptions(sizes: sizes, steps: steps, seed: seed)
    let flow =
      (["rnncheck flow"] + ids + options.files.flatMap { ["--formulation", $0.quotedForShell] })
      .joined(separator: " ")
    try await reportingFailures { [ids, options, format] in
      let pair = try options.formulations(named: ids)
      let comparison = FormulationComparison(pair[0], pair[1], options: measured)
      switch format {
      case .human:
        try Console.write(
          comparison.rendered(width: Console.width, color: Console.wantsColor)
            + "\ngradient flow of both: \(flow) --out flow.svg\n")
      case .json: try Console.write(try comparison.reportJSON())
      }
    }
  }
}

extension String {
  /// The text as one word of a shell's command line.
  fileprivate var quotedForShell: String {
    let plain = unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || "-_./+,:@%".contains(Character($0))
    }
    return plain && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}
