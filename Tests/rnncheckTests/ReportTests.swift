import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("What the commands print, and with which exit code")
struct ReportTests {
  @Test(
    "help and version",
    arguments: [["--help"], ["--version"], ["help", "run"], ["help", "compare"]])
  func help(_ arguments: [String]) throws {
    let outcome =
      arguments.count == 1
      ? try Tool().run(arguments[0]) : try Tool().run(arguments[0], arguments[1])
    #expect(outcome.status == 0)
    #expect(!outcome.output.isEmpty)
    #expect(outcome.errors.isEmpty)
  }

  @Test("wrong usage is 64 and says what is known")
  func usage() throws {
    for outcome in [
      try Tool().run("runn"), try Tool().run("run", "--format", "yaml"),
      try Tool().run("compare", "donahue-lstm"), try Tool().run("show"),
    ] {
      #expect(outcome.status == 64)
      #expect(outcome.output.isEmpty)
      #expect(!outcome.errors.isEmpty)
    }
    let unknown = try Tool().run("run", "donahue-lstn")
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("did you mean donahue-lstm"))
  }

  @Test("run: a table on stdout and nothing on stderr, from any folder")
  func run() throws {
    let outcome = try Tool().run("run", "padhai-gru")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains("padhai-gru"))
    #expect(outcome.output.contains("conforms"))
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test("run --format json has the fields that it promises")
  func json() throws {
    let outcome = try Tool().run("run", "padhai-gru", "--format", "json")
    #expect(outcome.status == 0)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(report["format"] as? String == "rnncheck-report")
    #expect(report["version"] as? Int == 1)
    let summary = try #require(report["summary"] as? [String: Int])
    #expect(Set(summary.keys) == ["conforms", "suspect", "departs", "not_offered", "errors"])
    #expect(summary["departs"] == 0)
    let results = try #require(report["results"] as? [[String: Any]])
    #expect(results.count == summary.values.reduce(0, +))
    for field in [
      "formulation", "case", "check", "signal", "verdict", "max_error", "tolerance", "flags",
    ] {
      #expect(results.contains { $0[field] != nil }, "\(field)")
    }
    #expect(results.contains { $0["step"] is Int })
  }

  @Test("run --format junit is well-formed XML")
  func junit() throws {
    let outcome = try Tool().run("run", "padhai-gru", "--format", "junit")
    #expect(outcome.status == 0)
    #expect(XMLParser(data: Data(outcome.output.utf8)).parse())
    #expect(outcome.output.contains("<testsuite name=\"padhai-gru\""))
  }

  @Test("a selection of nothing is 4")
  func nothing() throws {
    #expect(try Tool().run("run", "padhai-gru", "--case", "no-such-case").status == 4)
    let mixed = try Tool().run("run", "padhai-gru", "--check", "differences", "--dtype", "float32")
    #expect(mixed.status == 4)
    #expect(mixed.output.isEmpty)
  }

  @Test("list shows every formulation, for people and as JSON")
  func list() throws {
    let names = try #require(
      try JSONSerialization.jsonObject(
        with: Data(try Tool().run("list", "--format", "json").output.utf8)) as? [[String: Any]]
    ).compactMap { $0["id"] as? String }
    #expect(names.contains("padhai-lstm/linear-write"))
    let text = try Tool().run("list").output
    for name in names { #expect(text.contains(name)) }
  }

  @Test("show prints the misprint, how it is read and the gradient equations")
  func show() throws {
    let text = try Tool().run("show", "padhai-lstm").output
    #expect(text.contains(#"\sigma W (h_{t-1} + U x_{t} + b )"#))
    #expect(text.contains(#"\sigma (W h_{t-1} + U x_{t} + b )"#))
    #expect(text.contains("δo_t = h̄_t ⊙ σ(s_t)"))
    for format in ["json", "latex", "mathml"] {
      let outcome = try Tool().run("show", "donahue-lstm", "--format", format)
      #expect(outcome.status == 0)
      #expect(!outcome.output.isEmpty)
    }
  }

  @Test("compare says what differs, and finds z ↔ 1 − z in equations of one's own")
  func compare() throws {
    let pair = try Tool().run("compare", "cs224d-gru", "cs224d-gru/reset-before")
    #expect(pair.status == 0)
    #expect(pair.output.contains("1 of 4 equations"))
    let tool = try Tool()
    let own = try tool.folder.write(
      #"""
      { "id": "mine",
        "lines": ["h_t = z_t \\odot h_{t-1} + (1 - z_t) \\odot n_t",
                  "n_t = \\tanh(r_t \\odot W h_{t-1} + V x_t)",
                  "z_t = \\sigma(A x_t + B h_{t-1} + a)",
                  "r_t = \\sigma(C x_t + D h_{t-1} + c)"],
        "notation": { "functions": { "sigma": "logistic" } }, "outputs": ["h"] }
      """#, to: "mine.json")
    let found = try tool.run("compare", "cs224d-gru", "--formulation", own)
    #expect(found.output.contains("equals mine (B) under a renaming"))
    #expect(found.output.contains("one minus z_t"))
  }
}
