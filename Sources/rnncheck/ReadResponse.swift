import ArgumentParser
import Exchange

/// `rnncheck read-response`: what `check` and `grade` run to read a file that may hold anything.
struct ReadResponse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: ResponseReading.subcommand,
    abstract: "Print a response as the grading process takes it over.", shouldDisplay: false)

  @Argument var path: String

  func run() async throws {
    try await reportingFailures { [path] in
      try Console.write(try ResponseReading.transfer(of: path))
    }
  }
}
