import ArgumentParser
import Conformance
import Equations
import Exchange
import GoldenFixtures

/// `rnncheck grade`: answers in files, judged.
struct Grade: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade",
    abstract: "Judge the answers in a file that a subject wrote to an exported request.",
    discussion: """
      The formulation is the one that the file's attribute 'formulation' names, unless --as names \
      another.

      Examples:
        rnncheck grade response.h5
        rnncheck grade response.h5 --as cs224d-gru/reset-before
        rnncheck grade response64.h5 response32.h5 --format json
      """)

  @Argument(
    help: ArgumentHelp("The answers, a file for each arithmetic.", valueName: "response.h5"))
  var responses: [String]
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("The formulation to judge by.", valueName: "formulation"))
  var id: String?
  @OptionGroup var declared: FormulationOptions
  @OptionGroup var fixtures: FixtureOptions
  @OptionGroup var report: ReportOptions

  func validate() throws {
    guard !responses.isEmpty else { throw ValidationError("name a response to grade") }
    guard declared.files.count <= 1, id == nil || declared.files.isEmpty else {
      throw ValidationError("name one formulation, with --as or with --formulation")
    }
  }

  func run() async throws {
    try await reportingFailures { [responses, id, declared, fixtures, report] in
      let files = try await RecordedResponses(reading: responses, readBy: Program.path)
      var target = TargetOptions()
      target.declared = declared
      target.id = declared.files.isEmpty ? try id ?? files.formulation() : nil
      let (formulation, goldens) = try await target.goldens(in: fixtures.folder)
      let subject = RecordedSubject(
        files.name, question: Question(formulation, cases: goldens.cases),
        responses: files.responses)
      try await report.grade(subject, formulation, goldens, in: fixtures.folder)
    }
  }
}
