import ArgumentParser
import Conformance
import Equations
import Foundation
import GoldenFixtures

/// `rnncheck run`: the built-in cells against their goldens.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Check the built-in cells against their documents.",
    discussion: """
      Every cell is checked in float64 and float32: each step from its own reported values, \
      values and gradients end to end, gradients against finite differences of its own forward \
      pass (float64), the linearity of its backward pass, and how far NaN and infinity in an \
      input reach. Every tolerance is derived from the arithmetic. What the documents claim of the \
      formulations is decided too, unless --check, --dtype or --case asks for a part: a claim that \
      is false as printed is reported with its counterexample and departs from nothing; one that is \
      decided otherwise than it is known to be is a fault of this program, exit code 2.

      Copies of any cell can be put together: +bidirectional, +deep-2, +deep-bidirectional-2. Those \
      that 'rnncheck list' does not show have no goldens in the fixtures; theirs are computed first.

      Examples:
        rnncheck run
        rnncheck run donahue-lstm cs224d-gru/reset-before
        rnncheck run padhai-gru+bidirectional padhai-lstm+deep-2 elman-relu+deep-bidirectional-2
        rnncheck run --check gradients --dtype float32 --format json
        rnncheck run --shard 2/4 --format json    a part of the work; 'rnncheck merge' joins the reports
        rnncheck run --detection-limit   how small an error would be seen, and where none
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case human, json, junit }

  @Argument(
    help: ArgumentHelp("The formulations; all where none is named.", valueName: "formulation"))
  var ids: [String] = []
  @OptionGroup var fixtures: FixtureOptions
  @Option(help: "How to print the report.") var format: Format = .human
  @Option(name: .customLong("check"), help: "Run this kind of check only; may be repeated.")
  var checks: [Check] = []
  @Option(name: .customLong("dtype"), help: "Run in this arithmetic only; may be repeated.")
  var precisions: [Precision] = []
  @Option(name: .customLong("case"), help: "Run this case only; may be repeated.")
  var cases: [String] = []
  @Option(
    help: ArgumentHelp(
      "Run the k-th of n parts of the cases, which take about as long each.", valueName: "k/n"))
  var shard: Shard?
  @Flag(
    name: .customLong("detection-limit"),
    help: "Run nothing; print how small a relative error the checks see in each quantity.")
  var detectionLimit = false

  func validate() throws {
    if detectionLimit, format == .junit || !checks.isEmpty || shard != nil {
      throw ValidationError(
        "--detection-limit takes --format human or json, and no --check and no --shard")
    }
  }

  func run() async throws {
    guard !detectionLimit else { return try await printDetectionLimits() }
    Memory.keepForReuse()
    let suite = Suite(
      fixtures.folder, checks: checks.isEmpty ? Set(Check.allCases) : Set(checks),
      precisions: precisions.isEmpty ? Set(Precision.allCases) : Set(precisions),
      cases: cases.isEmpty ? nil : Set(cases), shard: shard)
    // Of the parts of a run the first decides the claims.
    let decidesClaims =
      checks.isEmpty && precisions.isEmpty && cases.isEmpty && shard?.number ?? 1 == 1
    try await reportingFailures { [ids, fixtures, format, cases, shard] in
      let entries = try Catalogue.entries(named: ids)
      var computed: [FormulationFixture] = []
      for entry in entries where !Catalogue.isListed(entry.declaration.id) {
        computed.append(try await fixtures.folder.goldens(of: try entry.formulation()))
      }
      var report = try await suite.run(entries, goldens: computed) { done, total in
        Console.progress("\(done) of \(total) cases")
      }
      if decidesClaims {
        report.claims = try await Catalogue.claimResults(concerning: entries.map(\.declaration))
      }
      if shard == nil,
        let name = cases.first(where: { name in
          !report.results.contains { $0.goldenCase == name }
        })
      {
        let known = CaseFamily.all.map(\.name).joined(separator: ", ")
        Console.message("error: no check is selected in a case '\(name)'; the cases are \(known)")
        throw ExitCode.nothingSelected
      }
      guard !report.results.isEmpty else {
        Console.message(
          "error: no check is selected: those asked for are not made in this arithmetic;"
            + " see 'rnncheck help run'")
        throw ExitCode.nothingSelected
      }
      switch format {
      case .human: try Console.write(report.text(color: Console.wantsColor))
      case .json: try Console.write(try report.json())
      case .junit: try Console.write(report.junit())
      }
      if report.count(.error) > 0 || report.claimCounts.unexpected > 0 {
        throw ExitCode.couldNotRun
      }
      if report.count(.departs) > 0 { throw ExitCode.departs }
    }
  }
}

extension Run {
  private func printDetectionLimits() async throws {
    try await reportingFailures { [ids, fixtures, format, precisions, cases] in
      let limits = try DetectionLimits(
        Catalogue.entries(named: ids).map(\.declaration), in: fixtures.folder,
        precisions: precisions.isEmpty ? Set(Precision.allCases) : Set(precisions),
        cases: cases.isEmpty ? nil : Set(cases))
      guard !limits.limits.isEmpty else {
        Console.message("error: nothing is selected; 'rnncheck list' shows the formulations")
        throw ExitCode.nothingSelected
      }
      try Console.write(format == .json ? try limits.json() : Data(limits.text.utf8))
    }
  }
}

extension Check: ExpressibleByArgument {}

extension Shard: ExpressibleByArgument {
  /// The part that `k/n` names.
  public init?(argument: String) { self.init(argument) }
}

extension Precision: ExpressibleByArgument {}
