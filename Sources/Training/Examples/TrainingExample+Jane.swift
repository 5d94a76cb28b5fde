extension TrainingExample {
  /// The cs224d notes' sentence about Jane, with several names in both places.
  ///
  /// The notes ask for a name that depends on a word 16 steps back. Counted with its full stops, the
  /// sentence has that word in its second name; the first one, which the notes print as the answer, is
  /// 22 steps back. The example takes the notes at their number: whoever came in second is greeted.
  static var jane: TrainingExample {
    let names = ["Jane", "John", "Mary", "Paul", "Anna", "Tom"]
    func sentence(_ first: String, _ second: String) -> [String] {
      "\(first) walked into the room . \(second) walked in too . It was late in the day . \(first) said hi to"
        .split(separator: " ").map(String.init)
    }
    let rest = Set(sentence("", "")).sorted()
    let words = names + rest
    func sample(_ first: Int, _ second: Int) -> Sample {
      Sample(
        inputs: sentence(names[first], names[second]).compactMap { words.firstIndex(of: $0) },
        answers: [second])
    }
    var (training, heldOut): ([Sample], [Sample]) = ([], [])
    for first in names.indices {
      for second in names.indices where second != first {
        // Jane and John is among them, and every name is in both places of other pairs.
        if second == (first + 1) % names.count {
          heldOut.append(sample(first, second))
        } else {
          training.append(sample(first, second))
        }
      }
    }
    return TrainingExample(
      name: .jane,
      title: "the sentence about Jane: a name said 16 words before it is asked for",
      documents: ["cs224d-notes"],
      explanation:
        "A walked into the room. B walked in too. It was late in the day. A said hi to (?)"
        + " The answer is B, 16 words back with full stops counted. \(names.count) names take both"
        + " places, and the pairs held out, Jane and John among them, show whether the name is carried"
        + " or the sentences were learned by heart.",
      symbols: words, separator: " ", classes: words, steps: .last,
      training: training, heldOut: heldOut, demonstrations: heldOut,
      defaults: TrainingSettings(
        steps: 800, learningRate: 2, clipping: .globalNorm(threshold: 1), hiddenSize: 24,
        carriedShare: 0.95))
  }
}
