extension TrainingExample {
  /// Whether a three-letter word is associated with good feelings, as in Knight's notes.
  static var sentiment: TrainingExample {
    let good = ["joy", "fun", "win", "hug", "yes", "top", "wow", "pal", "gem", "ace", "zen", "fab"]
    let bad = ["sad", "bad", "ill", "woe", "war", "ugh", "die", "cry", "sin", "mad", "nag", "rot"]
    let letters = "abcdefghijklmnopqrstuvwxyz".map { String($0) }
    func samples(_ words: [String], answer: Int) -> [Sample] {
      words.map { word in
        Sample(
          inputs: word.compactMap { letters.firstIndex(of: String($0)) }, answers: [answer])
      }
    }
    let samples = samples(good, answer: 1) + samples(bad, answer: 0)
    return TrainingExample(
      name: .sentiment,
      title: "three-letter words, 26 letters in, one yes or no out",
      documents: ["knight-2017"],
      explanation:
        "Many inputs to one output: three one-hot letters, and after the last one whether"
        + " the word goes with good feelings. The words are learned by heart: letters do not tell the"
        + " sentiment of a word never seen, and so none is held out.",
      symbols: letters, separator: "", classes: ["no", "yes"], steps: .last,
      training: samples, heldOut: [],
      demonstrations: [0, 3, 6, 12, 15, 18].map { samples[$0] },
      defaults: TrainingSettings(
        steps: 600, learningRate: 1, clipping: .globalNorm(threshold: 1), hiddenSize: 16,
        carriedShare: 0.5))
  }
}
