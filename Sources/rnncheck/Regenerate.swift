import ArgumentParser
import Conformance
import Equations
import GoldenFixtures

/// `rnncheck regenerate`: the goldens made anew.
struct Regenerate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regenerate",
    abstract: "Make the golden fixtures anew from the documents' equations.",
    discussion: """
      Every golden is computed in ball arithmetic until its rounding to float64 is decided, and \
      every gradient is confirmed by central differences of the forward equations. A file whose \
      content is as it was is left alone. The files are replaced all at once: stopped at any \
      moment, the folder holds the old set or the new one.

      Examples:
        rnncheck regenerate
        rnncheck regenerate padhai-lstm
        rnncheck regenerate --check           exit 1 where something would differ
        rnncheck regenerate --fixtures /tmp/fixtures
      """)

  @Argument(
    help: ArgumentHelp(
      "The formulations; those with a cell where none is named.", valueName: "formulation"))
  var ids: [String] = []
  @OptionGroup var fixtures: FixtureOptions
  @Flag(help: "Change nothing and say what would differ.") var check = false

  func run() async throws {
    try await reportingFailures { [ids, fixtures, check] in
      // The goldens of frameworks' formulations and of other compositions are computed as they are needed,
      // unless asked for here.
      let formulations =
        try ids.isEmpty
        ? Catalogue.entries.map { try $0.formulation() }
        : ids.map(Catalogue.formulation(named:))
      let regeneration = Regeneration(
        check ? fixtures.folder : try fixtures.writableFolder(), of: formulations,
        isComplete: ids.isEmpty)
      let progress = { @Sendable (id: String) in Console.progress("made \(id)") }
      let summary =
        check
        ? try await regeneration.check(progress: progress)
        : try await regeneration.run(progress: progress)
      try Console.write(summary.text(isCheck: check))
      if check, !summary.isUnchanged { throw ExitCode.departs }
    }
  }
}

extension Regeneration.Summary {
  fileprivate func text(isCheck: Bool) -> String {
    var text = ""
    for (file, outcome) in outcomes {
      let would = isCheck ? "would be " : ""
      switch outcome {
      case .unchanged: text += "\(file): unchanged\n"
      case .added: text += "\(file): \(would)added\n"
      case .removed: text += "\(file): \(would)removed\n"
      case .rewritten: text += "\(file): \(would)entered in the manifest anew\n"
      case .changed(let places):
        let count = places.count == 1 ? "1 place" : "\(places.count) places"
        text += "\(file): \(would)changed\(places.isEmpty ? "" : " in \(count)")\n"
        for place in places.prefix(10) { text += "  \(place)\n" }
        if places.count > 10 { text += "  and \(places.count - 10) more\n" }
      }
    }
    return text
  }
}
