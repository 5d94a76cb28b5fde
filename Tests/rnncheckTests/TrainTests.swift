import Foundation
import Testing

/// `train`: the documents' examples, the reports and what is refused.
@Suite struct TrainTests {
  private struct Report: Decodable {
    struct Point: Decodable {
      let step: Int
      let loss: Double
    }
    struct Final: Decodable { let accuracy: Double }
    struct Settings: Decodable { let truncate: Int? }

    let format, example, formulation, outcome: String
    let curve: [Point]
    let final: Final
    let settings: Settings
  }

  private func trained(_ arguments: String...) throws -> Report {
    let outcome = try Tool().run(["train"] + arguments + ["--format", "json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
  }

  @Test func threeLetterWordsAreLearnedAndTheCurveIsPrinted() throws {
    let outcome = try Tool().run("train", "sentiment", "--formulation", "elman-tanh")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("the loss fell from"))
    #expect(outcome.output.contains("100.0 %"))
    let plot = outcome.output.split(separator: "\n").filter { $0.contains("|") }
    // From the top on the left to the bottom on the right.
    #expect(plot.first?.contains("|*") == true)
    #expect(plot.last?.hasSuffix("*") == true)
    #expect(outcome.errors.isEmpty)
  }

  @Test(arguments: [
    ("sentiment", "padhai-lstm/softmax-output"), ("next-word", "cs224d-gru"),
    ("jane", "donahue-lstm"),
  ])
  func theLossFalls(_ example: String, _ formulation: String) throws {
    let report = try trained(example, "--formulation", formulation, "--steps", "40")
    #expect(report.format == "rnncheck-training")
    #expect((report.example, report.formulation) == (example, formulation))
    #expect(report.curve.map(\.step) == Array(0...40))
    #expect(try #require(report.curve.last).loss < report.curve[0].loss)
  }

  @Test func truncationIsAnOptionAndSaidInTheReport() throws {
    let whole = try trained("next-word", "--steps", "5")
    #expect(whole.settings.truncate == nil)
    let cut = try trained("next-word", "--steps", "5", "--truncate", "1")
    #expect(cut.settings.truncate == 1)
    #expect(cut.curve[0].loss == whole.curve[0].loss)
    #expect(cut.curve[5].loss != whole.curve[5].loss)
    let text = try Tool().run("train", "next-word", "--steps", "1", "--truncate", "1").output
    #expect(text.contains("cut every 1 steps, and so not those of the loss"))
  }

  @Test func theCurveIsWrittenAsCSVAndIsTheSameAgain() throws {
    let arguments = ["train", "jane", "--steps", "3", "--clip", "0.01", "--format", "csv"]
    let first = try Tool().run(arguments)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.split(separator: "\n").count == 5)
    #expect(first.output.hasPrefix("step,loss,gradient_norm,clipped\n0,"))
    #expect(try Tool().run(arguments).output == first.output)
  }

  @Test func theExamplesAreListed() throws {
    let list = try Tool().run("train", "--list")
    #expect(list.status == 0)
    for name in ["sentiment", "next-word", "jane"] { #expect(list.output.contains("\(name): ")) }
    let json = try Tool().run("train", "--list", "--format", "json")
    let rows = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
    #expect(rows?.count == 3)
  }

  @Test func trainingThatDivergesDeparts() throws {
    let outcome = try Tool().run(
      "train", "sentiment", "--formulation", "elman-relu", "--learning-rate", "1e300",
      "--clip-norm", "inf")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("training diverged at step"))
    #expect(outcome.output.isEmpty)
  }

  @Test(arguments: [
    (["--formulation", "elman-tan"], "elman-tan"), (["--steps", "0"], "--steps"),
    (["--hidden", "0"], "--hidden"), (["--truncate", "0"], "--truncate is 0"),
    (["--truncate", "two"], "two"), (["--clip", "-1"], "--clip is -1"),
    (["--clip-norm", "nan"], "--clip-norm is nan"), (["--learning-rate", "0"], "--learning-rate"),
    (["--clip", "1", "--clip-norm", "1"], "exclude each other"),
    (["--dtype", "float16"], "float16"),
    (["--list", "--format", "csv"], "--list"),
  ])
  func whatMakesNoSenseIsSaid(_ arguments: [String], _ reason: String) throws {
    let outcome = try Tool().run(["train", "jane"] + arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(reason), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func anExampleMustBeNamed() throws {
    let none = try Tool().run("train")
    #expect(none.status == 64)
    #expect(none.errors.contains("sentiment, next-word, jane"))
    #expect(try Tool().run("train", "john").status == 64)
  }
}
