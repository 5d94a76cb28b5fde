import ArgumentParser
import Conformance
import Foundation
import GoldenFixtures
import Soundness

/// `rnncheck soundness`: right evaluations that must not be flagged.
struct SoundnessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soundness",
    abstract: "Compute formulations in many right ways and see that no check flags one.",
    discussion: """
      Sums in every order and tree, with and without fused multiply-add, functions through exp and \
      through tanh, polynomials rearranged, derivatives of values or of arguments, gates fused or \
      apart, with and without gradual underflow, reporting every gate or outputs alone; in float64, \
      float32, and stored in bfloat16 and float16. Prints the worst error in tolerances and the slack, tolerance ÷ error.

      Examples:
        rnncheck soundness
        rnncheck soundness donahue-lstm --evaluations 10000
        rnncheck soundness --dtype float32 --seed 7 --format json

      Exit codes: 0 nothing was flagged, 1 a right evaluation was, 2 could not run.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case human, json }

  @Argument(
    help: ArgumentHelp("The formulations; all where none is named.", valueName: "formulation"))
  var ids: [String] = []
  @OptionGroup var fixtures: FixtureOptions
  @Option(help: "How many evaluations of each formulation in each arithmetic.")
  var evaluations = 1000
  @Option(help: "Where the seeds of the evaluations start.") var seed: UInt64 = 1
  @Option(name: .customLong("dtype"), help: "Evaluate in this arithmetic only; may be repeated.")
  var arithmetics: [StudiedArithmetic] = []
  @Option(help: "How to print the report.") var format: Format = .human

  func validate() throws {
    guard (1...10_000_000).contains(evaluations) else {
      throw ValidationError("--evaluations is \(evaluations), expected 1 to 10000000")
    }
  }

  func run() async throws {
    let study = SoundnessStudy(
      fixtures.folder, evaluations: evaluations, seed: seed,
      arithmetics: arithmetics.isEmpty ? StudiedArithmetic.allCases : arithmetics)
    try await reportingFailures { [ids, format] in
      let entries = try Catalogue.entries(named: ids)
      let report = try await study.run(entries.map(\.declaration)) { done, total in
        Console.progress("\(done) of \(total) cases")
      }
      switch format {
      case .human: try Console.write(report.text)
      case .json: try Console.write(try report.json())
      }
      if !report.isSound { throw ExitCode.departs }
    }
  }
}

extension StudiedArithmetic: ExpressibleByArgument {}
