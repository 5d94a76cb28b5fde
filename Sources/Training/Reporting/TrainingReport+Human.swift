import Conformance
import Foundation

extension TrainingReport {
  /// The report for people: what was trained, the curve, and what the cell answers now.
  ///
  /// - Parameter width: the characters of a line of the plot.
  public func text(width: Int) -> String {
    let example = session.example
    var facts = TextTable([
      .left("example"), .left("\(example.name.rawValue): \(example.title)"),
    ])
    facts.add(["document", example.documents.joined(separator: ", ")])
    facts.add(["cell", session.cellText])
    facts.add(["loss", session.placement.text(in: session.formulation)])
    facts.add(["descent", session.descentText])
    facts.add(["backward", session.settings.backwardText])
    var text = facts.text + "\nloss, and without memory (-)\n"
    text +=
      LossPlot(
        curve.map(\.loss), level: yardsticks.withoutMemory, width: min(width, 80)
      ).text
    text += "\n" + outcomeText + "\n\n" + figures.text
    text += "\n" + demonstrationTable.text
    return text
  }

  /// What became of the loss, in a sentence.
  public var outcomeText: String {
    let losses = "from \(firstLoss.figures) to \(lastLoss.figures)"
    let level = yardsticks.withoutMemory.figures
    switch outcome {
    case .carries:
      return "the loss fell \(losses), below \(level), the least that is possible from the last"
        + " \(session.example.symbolWord) alone"
    case .fell:
      return "the loss did not fall below \(level), the least that is possible from the last"
        + " \(session.example.symbolWord) alone: it went \(losses)"
    case .didNotFall: return "the loss did not fall: it went \(losses)"
    }
  }

  private var figures: TextTable {
    var table = TextTable([.left("figure"), .right("trained on"), .right("held out")])
    table.add(["mean loss", lastLoss.figures, heldOutLoss?.figures ?? "–"])
    if let perplexity {
      let heldOut: Double? = heldOutLoss.map { exp($0) }
      table.add(["perplexity", perplexity.figures, heldOut?.figures ?? "–"])
    }
    table.add(["right answers", accuracy.percent, heldOutAccuracy?.percent ?? "–"])
    table.add(["least possible loss", yardsticks.least.figures, "–"])
    return table
  }

  private var demonstrationTable: TextTable {
    var table = TextTable([
      .left("asked"), .left("answer"), .right("probability"), .left("expected"), .left(""),
    ])
    for shown in demonstrations {
      table.add([
        shown.prompt, shown.answer, String(format: "%.3f", shown.probability), shown.expected,
        shown.isRight ? "right" : "wrong",
      ])
    }
    return table
  }
}

extension TrainingSession {
  var cellText: String {
    let sizes = "I = \(sizes.input), H = \(sizes.hidden), O = \(sizes.output)"
    return "\(formulation.id), \(sizes), \(settings.precision.rawValue)"
  }

  var descentText: String {
    let samples = "\(example.training.count) samples at once"
    let carried =
      formulation.carryGates.contains { $0.bias != nil } && settings.carriedShare != 0.5
      ? ", carry gates kept at \(settings.carriedShare.figures) at first" : ""
    return "\(settings.steps) steps, learning rate \(settings.learningRate.figures),"
      + " \(settings.clippingText), \(samples), seed \(settings.seed)\(carried)"
  }
}

extension TrainingSettings {
  /// How far gradients go back, in words.
  var backwardText: String {
    guard let truncation else { return "through whole sequences" }
    return "cut every \(truncation.steps) steps: no gradient goes from one chunk to an earlier one,"
      + " and so what is followed is not the loss's own gradient"
  }
}

extension Double {
  /// A share in percent.
  fileprivate var percent: String { String(format: "%.1f %%", 100 * self) }
}

extension TrainingExample {
  /// What a symbol is called.
  var symbolWord: String { separator.isEmpty ? "letter" : "word" }
}
