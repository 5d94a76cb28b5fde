import ArgumentParser
import Conformance
import Foundation
import GoldenFixtures
import Mutation

/// `rnncheck mutate`: the suite against wrong implementations.
struct Mutate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutate",
    abstract: "Try the suite on wrong cells: what it catches, and whether it names the fault.",
    discussion: """
      Every formulation is made wrong by one change at a time: in its equations, in an \
      implementation around them, in its backward pass. The same goldens, tolerances and checks \
      as in 'run' must see each of them, but for those that are proved to say the same in other \
      words and those changed by less than the detection limit.

      Examples:
        rnncheck mutate
        rnncheck mutate donahue-lstm --format json
        rnncheck mutate donahue-lstm --case one-step      what a single case lets live
        rnncheck mutate --measure-flags flags.swift       which bug classes each case reveals

      Exit codes: 0 every mutant is caught, 1 one survives.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case human, json }

  @Argument(
    help: ArgumentHelp("The formulations; all where none is named.", valueName: "formulation"))
  var ids: [String] = []
  @OptionGroup var fixtures: FixtureOptions
  @Option(help: "How to print the report.") var format: Format = .human
  @Option(name: .customLong("dtype"), help: "Try in this arithmetic only; may be repeated.")
  var precisions: [Precision] = []
  @Option(name: .customLong("case"), help: "Give the suite this case only; may be repeated.")
  var cases: [String] = []
  @Option(
    name: .customLong("measure-flags"),
    help: ArgumentHelp(
      "Measure which bug classes each case alone reveals, write the table to this file and print what"
        + " only one case reveals.",
      discussion: "The table is Sources/GoldenFixtures/Cases/MeasuredFlags+Table.swift;"
        + " formulations that are not named keep their entries.", valueName: "file.swift"))
  var flagsFile: String?

  func validate() throws {
    if flagsFile != nil, !cases.isEmpty || !precisions.isEmpty || format != .human {
      throw ValidationError(
        "--measure-flags tries every case in float64; it takes no --case, --dtype or --format")
    }
  }

  func run() async throws {
    let study = MutationStudy(
      fixtures.folder, precisions: precisions.isEmpty ? Precision.wide : precisions,
      cases: cases.isEmpty ? nil : Set(cases))
    try await reportingFailures { [ids, format, cases, flagsFile] in
      let entries = try Catalogue.entries(named: ids)
      if let flagsFile {
        return try await measureFlags(of: entries, by: study, into: flagsFile)
      }
      let known = CaseFamily.all.map(\.name)
      if let name = cases.first(where: { !known.contains($0) }) {
        Console.message(
          "error: there is no case '\(name)'; the cases are \(known.joined(separator: ", "))")
        throw ExitCode.nothingSelected
      }
      let report = try await study.run(
        entries,
        progress: { done, total in
          if done.isMultiple(of: 16) || done == total {
            Console.progress("\(done) of \(total) mutants and series")
          }
        })
      switch format {
      case .human: try Console.write(report.text)
      case .json: try Console.write(try report.json())
      }
      if !report.survivors.isEmpty { throw ExitCode.departs }
    }
  }
}

/// Measures the flags of every case and writes the table that fixtures are made with.
private func measureFlags(
  of entries: [Catalogue.Entry], by study: MutationStudy, into file: String
) async throws {
  var matrices: [KillMatrix] = []
  for entry in entries {
    let id = entry.declaration.id
    matrices.append(
      try await study.killMatrix(of: entry) { done, total in
        if done.isMultiple(of: 16) { Console.progress("\(id): \(done) of \(total) mutants") }
      })
  }
  let source = MeasuredFlags.current.updated(by: matrices).source
  try Data(source.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
  try Console.write(KillMatrix.summary(of: matrices))
}
