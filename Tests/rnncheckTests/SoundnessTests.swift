import Foundation
import Testing

/// `soundness`: right evaluations that must not be flagged.
@Suite struct SoundnessTests {
  @Test func rightEvaluationsAreNotFlagged() throws {
    let outcome = try Tool().run(
      "soundness", "elman-relu", "padhai-gru", "--evaluations", "24")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("192 right evaluations"))
    #expect(outcome.output.contains(": 0 flagged"))
    for dtype in ["float64", "float32", "bfloat16", "float16"] {
      #expect(outcome.output.contains(dtype))
    }
  }

  @Test func theSameSeedGivesTheSameReport() throws {
    let tool = try Tool()
    let arguments = [
      "soundness", "elman-tanh", "--evaluations", "13", "--dtype", "float32", "--format", "json",
    ]
    let first = try tool.run(arguments)
    #expect(first.status == 0, "\(first.errors)")
    #expect(try tool.run(arguments).output == first.output)
    #expect(try tool.run(arguments + ["--seed", "99"]).output != first.output)

    struct Summary: Decodable {
      let format: String
      let summary: [String: Int]
      let results: [Row]
      struct Row: Decodable {
        let formulation, dtype: String
        let worst_ratio: Double
        let slack: [String: [String: Double?]]
      }
    }
    let report = try JSONDecoder().decode(Summary.self, from: Data(first.output.utf8))
    #expect(report.format == "rnncheck-soundness")
    #expect(report.summary["evaluations"] == 13 && report.summary["flagged"] == 0)
    let row = try #require(report.results.first)
    #expect(report.results.count == 1)
    #expect(row.formulation == "elman-tanh" && row.dtype == "float32" && row.worst_ratio < 1)
    #expect(row.slack["gradients"]?["all"] != nil)
  }

  @Test func whatCannotBeDoneIsSaid() throws {
    let tool = try Tool()
    #expect(try tool.run("soundness", "elman-tan").status == 64)
    #expect(try tool.run("soundness", "--evaluations", "0").status == 64)
    #expect(try tool.run("soundness", "--dtype", "float8").status == 64)
    let missing = try tool.run("soundness", "elman-tanh", "--fixtures", tool.folder.path)
    #expect(missing.status == 2)
    #expect(missing.errors.contains(tool.folder.path))
    let help = try tool.run("help", "soundness")
    #expect(help.output.contains("rnncheck soundness donahue-lstm --evaluations 10000"))
  }
}
