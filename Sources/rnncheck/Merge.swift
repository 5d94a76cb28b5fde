import ArgumentParser
import Conformance
import Foundation

/// `rnncheck merge`: the reports of the parts of a run, joined.
struct Merge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join the JSON reports of the parts of a run.",
    discussion: """
      'rnncheck run --shard k/n --format json' checks the k-th part of the cases; the n reports \
      together give the report of the whole run, in its order. A part that is missing or there twice is \
      an error.

      Examples:
        rnncheck run --shard 1/2 --format json > 1.json
        rnncheck run --shard 2/2 --format json > 2.json
        rnncheck merge 1.json 2.json > report.json

      Exit codes are those of 'run': 0 all conform, 1 something departs, 2 something could not be \
      checked.
      """)

  @Argument(help: ArgumentHelp("The reports.", valueName: "report.json"))
  var reports: [String]

  func validate() throws {
    guard !reports.isEmpty else { throw ValidationError("name the reports to merge") }
  }

  func run() async throws {
    try await reportingFailures { [reports] in
      let merged = try MergedReport(
        reports.map { name in
          guard let data = FileManager.default.contents(atPath: name) else {
            throw ReportError(code: .format, file: name, message: "the file cannot be read")
          }
          return (name, data)
        })
      try Console.write(try merged.json())
      Console.message(merged.summary)
      if merged.errors > 0 { throw ExitCode.couldNotRun }
      if merged.departures > 0 { throw ExitCode.departs }
    }
  }
}
