import Foundation
import Testing

@Suite("rnncheck mutate and run --detection-limit")
struct MutateTests {
  @Test("a table on stdout, nothing on stderr, exit code 0 where everything is caught")
  func table() throws {
    let outcome = try Tool().run("mutate", "delayed-rnn", "--dtype", "float64")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    for text in ["bug class", "ACTIVATION", "0 survived", "the signal is named right"] {
      #expect(outcome.output.contains(text))
    }
  }

  @Test("a weakened suite lets mutants live: exit code 1 and their names")
  func survivors() throws {
    let outcome = try Tool().run(
      "mutate", "delayed-rnn", "--dtype", "float64", "--case", "one-step")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("Survivors"))
    #expect(outcome.output.contains("implementation/h-in-reverse"))
  }

  @Test("--format json lists every mutant with its killer")
  func json() throws {
    let outcome = try Tool().run(
      "mutate", "delayed-rnn", "--dtype", "float64", "--format", "json")
    #expect(outcome.status == 0)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(report["format"] as? String == "rnncheck-mutants")
    let mutants = try #require(report["mutants"] as? [[String: Any]])
    let killed = mutants.filter { $0["fate"] as? String == "killed" }
    #expect(killed.count > 50)
    #expect(killed.allSatisfy { $0["case"] is String && $0["check"] is String })
    #expect(mutants.allSatisfy { $0["change"] is String && $0["bug_class"] is String })
    #expect(killed.contains { $0["right_signal"] as? Bool == true })
    let series = try #require(report["series"] as? [[String: Any]])
    #expect(series.contains { $0["smallest"] is Double })
  }

  @Test("wrong arguments are 64, an unknown case is 4")
  func usage() throws {
    #expect(try Tool().run("mutate", "delayed-rnm").status == 64)
    #expect(
      try Tool().run("mutate", "--measure-flags", "x.swift", "--dtype", "float64").status == 64)
    #expect(try Tool().run("mutate", "delayed-rnn", "--case", "nonesuch").status == 4)
    #expect(try Tool().run("run", "--detection-limit", "--format", "junit").status == 64)
  }

  @Test("run --detection-limit: fractions of every quantity, for people and as JSON")
  func limits() throws {
    let text = try Tool().run("run", "padhai-gru", "--detection-limit")
    #expect(text.status == 0)
    #expect(text.output.contains("gradients/parameters/U_o"))
    #expect(text.output.contains("untested"))
    let outcome = try Tool().run("run", "padhai-gru", "--detection-limit", "--format", "json")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let limits = try #require(report["limits"] as? [[String: Any]])
    #expect(limits.count > 20)
    for limit in limits {
      let best = try #require(limit["best"] as? Double)
      let median = try #require(limit["median"] as? Double)
      #expect(best > 0 && best <= median)
      let bound = limit["dtype"] as? String == "float64" ? 1e-10 : 1e-2
      #expect(best < bound)
    }
  }
}
