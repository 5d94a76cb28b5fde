/// Claims about a procedure or a text instead of a formulation.
package enum ProcedureChecks {
  /// A clipped number is at most the threshold in magnitude, keeps its sign, and is left alone where it
  /// was.
  ///
  /// - Parameter clip: the procedure, of a gradient and a threshold.
  package static func clips(_ clip: @escaping @Sendable (Double, Double) -> Double) -> ClaimCheck {
    { _ in
      var tally = Tally()
      for threshold in [0.0, 0.125, 1, 5] {
        for step in -64...64 {
          let gradient = Double(step) / 8
          let clipped = clip(gradient, threshold)
          tally.require(
            clipped.magnitude <= threshold, "\(gradient) clipped at \(threshold) is \(clipped)")
          tally.require(
            clipped == 0 || (clipped < 0) == (gradient < 0), "\(gradient) becomes \(clipped)")
          if gradient.magnitude <= threshold {
            tally.require(clipped == gradient, "\(gradient) within \(threshold) becomes \(clipped)")
          }
        }
      }
      return tally.finding("properties of clipped numbers")
    }
  }

  /// The procedure as the notes print it.
  @Sendable static func printedClipping(_ gradient: Double, _ threshold: Double) -> Double {
    if abs(gradient) > threshold { return gradient > 0 ? threshold : -threshold }
    return gradient
  }

  /// A text of which only the names and the lengths of sentences matter.
  package struct Sentences: Sendable {
    /// How many words each sentence has; the asked word comes after the last one's.
    package let lengths: [Int]
    /// Which words are names: by sentence and place, both from 1.
    package let names: [(sentence: Int, word: Int, name: String)]

    /// A text of sentences.
    package init(lengths: [Int], names: [(sentence: Int, word: Int, name: String)]) {
      self.lengths = lengths
      self.names = names
    }

    /// The name so many steps before the asked word; nil where another word or a full stop stands there.
    func name(stepsBefore steps: Int, countingStops: Bool) -> String? {
      func position(_ sentence: Int, _ word: Int) -> Int {
        lengths.prefix(sentence - 1).reduce(0) { $0 + $1 + (countingStops ? 1 : 0) } + word
      }
      let asked = position(lengths.count, (lengths.last ?? 0) + 1)
      return names.first { position($0.sentence, $0.word) == asked - steps }?.name
    }
  }

  /// A name stands so many steps before the asked word, with full stops counted or, as printed, either
  /// way.
  package static func stands(
    _ name: String, _ steps: Int, stepsBeforeTheEndOf text: Sentences, countingStops: [Bool]
  ) -> ClaimCheck {
    { _ in
      let found = countingStops.map { text.name(stepsBefore: steps, countingStops: $0) }
      if found.contains(name) {
        return .holds("\(steps) steps back stands \(name)")
      }
      let words = zip(countingStops, found).map { counts, found in
        "\(found ?? "no name") \(counts ? "with" : "without") full stops counted"
      }
      return .isFalse("\(steps) steps back stands \(words.joined(separator: ", "))")
    }
  }
}
