import ArgumentParser
import Conformance
import Equations
import Exchange
import GoldenFixtures

/// How a report on one subject is made and printed.
struct ReportOptions: ParsableArguments {
  @Option(help: "How to print the report.") var format: Run.Format = .human
  @Option(name: .customLong("check"), help: "Run this kind of check only; may be repeated.")
  var checks: [Check] = []
  @OptionGroup var cases: CaseOptions

  /// Grades recorded answers, prints the report, and ends with its exit code.
  func grade(
    _ subject: RecordedSubject, _ formulation: Formulation, _ goldens: FormulationFixture,
    in folder: FixtureFolder
  ) async throws {
    let selected = try cases.selected(from: goldens)
    let suite = Suite(
      folder, checks: checks.isEmpty ? Set(Check.allCases) : Set(checks),
      cases: Set(selected.map(\.name)))
    var report = try await suite.run(subject, against: formulation, goldens: goldens) {
      Console.progress("\($0) of \($1) cases")
    }
    guard !report.results.isEmpty else {
      Console.message("error: the subject answered in no arithmetic that was asked for")
      throw ExitCode.nothingSelected
    }
    if !report.failures.isEmpty {
      Console.progress("looking for what it computes instead")
      report.diagnosis = try await suite.diagnosis(
        of: subject, against: formulation, goldens: goldens, report: report)
    }
    switch format {
    case .human:
      let mapping = subject.mapping.map { "\nmapping: \($0)" } ?? ""
      try Console.write(
        "subject: \(subject.name)\(mapping)\n\n" + report.text(color: Console.wantsColor))
    case .json: try Console.write(try report.json())
    case .junit: try Console.write(report.junit())
    }
    if report.count(.error) > 0 { throw ExitCode.couldNotRun }
    if report.count(.departs) + report.count(.suspect) > 0 { throw ExitCode.departs }
    if report.count(.conforms) == 0 {
      Console.message("error: the subject offers nothing that could be checked")
      throw ExitCode.nothingSelected
    }
  }
}
