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
    facts.add(["start", session.startText])
    facts.add(["descent", session.descentText])
    facts.add(["gradients", session.settings.gradientText])
    var text =
      facts.text + "\nmean loss; - is the least from the last \(example.symbolWord) alone\n"
    text +=
      LossPlot(
        curve.map(\.loss), level: yardsticks.withoutMemory, width: min(width, 80)
      ).text
    text += "\n" + outcomeText + "\n\n" + figures.text
    text += "\n" + demonstrationTable(width: max(width - 42, 40)).text
    return text
  }

  /// What became of the loss, in a sentence.
  public var outcomeText: String {
    let losses = "from \(firstLoss.figures) to \(lastLoss.figures)"
    let level = yardsticks.withoutMemory.figures
    let allowed = "the \(level) that the last \(session.example.symbolWord) alone allows"
    switch outcome {
    case .carries: return "the loss fell \(losses), below \(allowed)"
    case .fell: return "the loss fell \(losses), but not below \(allowed)"
    case .didNotFall: return "the loss did not fall: it went \(losses)"
    }
  }

  private var figures: TextTable {
    var table = TextTable([
      .left("figure"), .right("trained on"), .right("at best"), .right("held out"),
    ])
    func add(_ name: String, _ trained: String, _ best: String, _ heldOut: String?) {
      table.add([name, trained, best, heldOut ?? "–"])
    }
    add("mean loss", lastLoss.figures, yardsticks.least.figures, heldOutLoss?.figures)
    if let perplexity {
      add(
        "perplexity", perplexity.figures, exp(yardsticks.least).figures,
        heldOutLoss.map { exp($0).figures })
    }
    add(
      "right answers", accuracy.percent, yardsticks.bestAccuracy.percent,
      heldOutAccuracy?.percent)
    return table
  }

  /// The questions and answers; of a question longer than `width` the middle is left out.
  private func demonstrationTable(width: Int) -> TextTable {
    var table = TextTable([
      .left("asked"), .left("answer"), .right("probability"), .left("expected"), .left(""),
    ])
    for shown in demonstrations {
      table.add([
        shown.prompt.shortened(to: width), shown.answer,
        String(format: "%.3f", shown.probability), shown.expected.joined(separator: " or "),
        shown.isRight ? "right" : "wrong",
      ])
    }
    return table
  }
}

extension String {
  /// The text, or its first words and its last ones with … between them.
  fileprivate func shortened(to width: Int) -> String {
    guard count > width else { return self }
    var (head, tail) = (split(separator: " "), [Substring]())
    // Two words of the beginning for one of the end: who came in is said early.
    while head.count > 2 * tail.count + 1, let word = head.popLast() { tail.insert(word, at: 0) }
    func text() -> String { (head + ["…"] + tail).joined(separator: " ") }
    while head.count + tail.count > 2, text().count > width {
      if head.count > 2 * tail.count { head.removeLast() } else { tail.removeFirst() }
    }
    return text()
  }
}

extension TrainingSession {
  var cellText: String {
    let sizes = "I = \(sizes.input), H = \(sizes.hidden), O = \(sizes.output)"
    return "\(formulation.id), \(sizes), \(settings.precision.rawValue)"
  }

  var startText: String {
    let carries = formulation.carryGates.contains { $0.bias != nil } && settings.carriedShare != 0.5
    return "seed \(settings.seed)"
      + (carries ? ", carry gates that keep \(settings.carriedShare.figures) of the state" : "")
  }

  var descentText: String {
    "\(settings.steps) steps over all \(example.training.count) samples, learning rate"
      + " \(settings.learningRate.figures)"
  }
}

extension TrainingSettings {
  /// How far gradients go back and how they are clipped, in words.
  var gradientText: String {
    let reach =
      truncation.map { "cut every \($0.steps) steps, and so not those of the loss" }
      ?? "through whole sequences"
    return "\(reach), \(clippingText)"
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
