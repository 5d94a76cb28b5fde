import Foundation
import Testing

/// `flow`: the picture, the curves and the table.
@Suite struct FlowTests {
  @Test func thePictureAndTheCurvesAreWritten() throws {
    let tool = try Tool()
    let outcome = try tool.run(
      "flow", "elman-tanh", "donahue-lstm", "--out", "flow.svg", "--csv", "flow.csv",
      "--steps", "20", "--hidden", "4")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("donahue-lstm ∂c"))
    let picture = try String(contentsOfFile: tool.folder.path + "/flow.svg", encoding: .utf8)
    #expect(picture.contains("<svg") && picture.contains("</svg>"))
    let curves = try String(contentsOfFile: tool.folder.path + "/flow.csv", encoding: .utf8)
    #expect(curves.split(separator: "\n").count > 20)
  }

  @Test func aGradientVanishesInATanhRNNAndIsCarriedByACellState() throws {
    let outcome = try Tool().run(
      "flow", "elman-tanh", "donahue-lstm", "--scale", "0.5", "--steps", "30")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let last = try #require(
      outcome.output.split(separator: "\n").first { $0.hasPrefix(" 30 ") || $0.hasPrefix("30 ") })
    let numbers = last.split(separator: " ").compactMap { Double($0) }
    #expect(numbers.count == 5)
    #expect(numbers[1] < 0x1p-30, "∂s of the RNN: singular values of 0.5 to the 30th")
    #expect(numbers[1] <= numbers[2], "its bound")
    #expect(numbers[3] > 1e-2, "∂c of the LSTM")
  }

  @Test func whatCannotBeDoneIsSaid() throws {
    let tool = try Tool()
    #expect(try tool.run("flow", "elman-tan").status == 64)
    #expect(try tool.run("flow").status == 64)
    let unwritable = try tool.run("flow", "elman-tanh", "--out", "/nowhere/flow.svg")
    #expect(unwritable.status == 2)
    #expect(unwritable.errors.contains("/nowhere/flow.svg"))
  }
}
