import ArgumentParser
import Foundation
import GoldenFixtures

/// Where the fixtures are.
struct FixtureOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder of fixtures.",
      discussion:
        "By default $RNNCHECK_FIXTURES, else the fixtures of the checkout that the program"
        + " was built in, else those bundled with it.", valueName: "folder"))
  var fixtures: String?

  func validate() throws {
    if fixtures?.isEmpty ?? false { throw ValidationError("--fixtures needs the name of a folder") }
  }

  /// The folder to read.
  var folder: FixtureFolder { named.map(FixtureFolder.init) ?? .shipped }

  /// The folder to write, which need not exist; bundled fixtures are read-only.
  func writableFolder() throws -> FixtureFolder {
    guard let path = named ?? FixtureFolder.ofCheckout else {
      throw UsageError(
        description: "the bundled fixtures are read-only:"
          + " name a folder with --fixtures or RNNCHECK_FIXTURES")
    }
    return FixtureFolder(path)
  }

  private var named: String? {
    if let fixtures { return fixtures }
    let variable = ProcessInfo.processInfo.environment["RNNCHECK_FIXTURES"] ?? ""
    return variable.isEmpty ? nil : variable
  }
}
