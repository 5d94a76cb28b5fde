import Foundation
import Testing

/// Subjects with the bugs that happen in public: each verdict names its bug class.
@Suite struct BugTests {
  /// A bug of tools/adapters/bugs.
  struct Bug: Sendable, CustomStringConvertible {
    let name, formulation, bugClass: String
    var description: String { "\(name) of \(formulation)" }
  }

  /// The part of a report that names what is wrong.
  struct Report: Decodable {
    struct Explanation: Decodable {
      let what: String
      let bug_class: String?
    }
    let bug_classes: [String]?
    let explanations: [Explanation]?
    let another_reading: [String]?
  }

  private static let adapters = Tool.root + "/tools/adapters/bugs"

  private static func python(_ arguments: String...) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", adapters] + arguments
    process.standardOutput = output
    // What some bugs raise is theirs to say in the response.
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text
  }

  private static func bugs() throws -> [Bug] {
    try python("--list").split(separator: "\n").map { line in
      let fields = line.split(separator: "\t").map(String.init)
      try #require(fields.count == 4, "\(line)")
      return Bug(name: fields[0], formulation: fields[1], bugClass: fields[2])
    }
  }

  /// As few cases as tell bugs of a class apart; the saturated one is long.
  private static func cases(for bugClass: String) -> [String] {
    let names =
      bugClass == "OVERFLOW"
      ? ["one-step", "saturated"] : ["square", "ragged", "no-steps", "one-step"]
    return names.flatMap { ["--case", $0] }
  }

  @Test func areNamed() async throws {
    let bugs = try Self.bugs()
    #expect(bugs.count >= 20)
    #expect(Set(bugs.map(\.bugClass)).count >= 15)
    let tool = try Tool()
    let folder = tool.folder.path
    // The folder goes with the tool.
    defer { withExtendedLifetime(tool) {} }
    for (formulation, bugs) in Dictionary(grouping: bugs, by: \.formulation) {
      let request = "\(folder)/\(bugs.count).h5"
      let exported = try tool.run(["export", formulation, "-o", request] + Self.cases(for: ""))
      #expect(exported.status == 0, "\(exported.errors)")
      _ = try Self.python("--all", request, folder)
      for bug in bugs where bug.bugClass == "OVERFLOW" {
        let cases = Self.cases(for: bug.bugClass)
        _ = try tool.run(["export", formulation, "-o", request] + cases)
        _ = try Self.python(bug.name, request, "\(folder)/\(bug.name).h5")
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for half in [0, 1] {
          group.addTask {
            for bug in bugs.enumerated() where bug.offset % 2 == half {
              try Self.expectNamed(bug.element, in: folder)
            }
          }
        }
        try await group.waitForAll()
      }
    }
  }

  private static func expectNamed(_ bug: Bug, in folder: String) throws {
    let graded = try Tool().run(
      ["grade", "\(folder)/\(bug.name).h5", "--format", "json"] + cases(for: bug.bugClass))
    #expect([1, 2].contains(graded.status), "\(bug): \(graded.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(graded.output.utf8))
    #expect(report.bug_classes?.first == bug.bugClass, "\(bug): \(report)")
  }

  @Test func whatIsNoKnownBugIsNotExplained() throws {
    let tool = try Tool()
    let template = URL(fileURLWithPath: Self.adapters).deletingLastPathComponent().path
    for name in ["exchange.py", "installed.py"] {
      try FileManager.default.copyItem(
        atPath: "\(template)/\(name)", toPath: "\(tool.folder.path)/\(name)")
    }
    let right = "h_t = o * np.tanh(c_t)"
    let text = try String(contentsOfFile: template + "/numpy_lstm.py", encoding: .utf8)
    #expect(text.contains(right))
    let path = try tool.folder.write(
      text.replacingOccurrences(of: right, with: "h_t = (1 + 1e-9) * o * np.tanh(c_t)"),
      to: "subject.py")
    let outcome = try tool.run(
      "check", "donahue-lstm", "--dtype", "float64", "--format", "json", "--", "python3", path)
    #expect(outcome.status == 1, "\(outcome.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    #expect(report.explanations?.isEmpty ?? false, "\(report)")
    #expect(report.another_reading == nil)
  }
}
