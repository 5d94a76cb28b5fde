import Foundation
import Testing

@Suite("Bad input: one clear message, exit code 2, nothing half-written")
struct BadInputTests {
  private func expectFailure(
    _ outcome: Tool.Outcome, _ pieces: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.signal == nil, sourceLocation: sourceLocation)
    #expect(outcome.status == 2, sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    for piece in pieces {
      #expect(outcome.errors.contains(piece), "\(outcome.errors)", sourceLocation: sourceLocation)
    }
  }

  @Test("a folder of fixtures that is not there, by option and by environment")
  func missingFolder() throws {
    expectFailure(
      try Tool().run("run", "padhai-gru", "--fixtures", "/no/such/folder"), "/no/such/folder")
    expectFailure(
      try Tool().run("run", "padhai-gru", environment: ["RNNCHECK_FIXTURES": "/no/such/folder"]),
      "/no/such/folder", "regenerate")
  }

  @Test("a flipped bit, a truncated file, a missing file")
  func damaged() throws {
    let tool = try Tool()
    let fixtures = try tool.folder.copyFixtures()
    let file = fixtures + "/padhai-gru.h5"
    let bytes = try #require(FileManager.default.contents(atPath: file))
    var flipped = bytes
    flipped[bytes.count / 2] ^= 0x10
    for damaged in [flipped, bytes.prefix(bytes.count / 3), Data()] {
      try damaged.write(to: URL(fileURLWithPath: file))
      expectFailure(
        try tool.run("run", "padhai-gru", "--fixtures", fixtures), "padhai-gru.h5", "SHA-256")
    }
    try FileManager.default.removeItem(atPath: file)
    expectFailure(
      try tool.run("run", "padhai-gru", "--fixtures", fixtures), "padhai-gru.h5",
      "rnncheck regenerate")
  }

  @Test("a line of LaTeX that does not parse, with its line and column")
  func badLaTeX() throws {
    let tool = try Tool()
    let file = try tool.folder.write(
      #"""
      { "id": "odd", "lines": ["h_t = \\tanh(W h_{t-1} + U x_t"],
        "notation": { "functions": {} }, "outputs": ["h"] }
      """#, to: "odd.json")
    expectFailure(try tool.run("show", "--formulation", file), "line 1, column", "')'")
    let text = try tool.folder.write("not JSON", to: "text.json")
    expectFailure(try tool.run("show", "--formulation", text), "text.json")
    expectFailure(try tool.run("show", "--formulation", "/no/such.json"), "/no/such.json")
  }

  @Test("a full disk under stdout")
  func fullOutput() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "'\(Tool.binary)' list > /dev/full 2>/dev/null"]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 2)
  }

  @Test("a folder that cannot be written")
  func unwritable() throws {
    let tool = try Tool()
    let file = try tool.folder.write("a file, not a folder", to: "file")
    expectFailure(
      try tool.run("regenerate", "padhai-gru", "--fixtures", file + "/fixtures"), file)
    #expect(
      FileManager.default.contents(atPath: file) == Data("a file, not a folder".utf8))
  }
}
