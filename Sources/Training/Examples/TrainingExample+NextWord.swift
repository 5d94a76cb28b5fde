extension TrainingExample {
  /// The next word of a sentence at every step, as in the tutorial of 2016 and in Padhai's notes.
  ///
  /// The sentences are of different lengths and go in as one ragged batch.
  static var nextWord: TrainingExample {
    let sentences = [
      "the cat sleeps on the sofa .",
      "the dog sleeps in the garden .",
      "the cat drinks warm milk .",
      "the dog drinks cold water .",
      "a bird sings in the tree .",
      "a bird sings in the morning .",
      "my sister reads a long letter .",
      "my brother reads a short story .",
      "my sister plays the old piano .",
      "my brother plays the new drum .",
      "we walk to the river .",
      "they walk to the station .",
    ].map { $0.split(separator: " ").map(String.init) }
    let words = Set(sentences.joined()).sorted()
    let samples = sentences.map { sentence in
      let places = sentence.compactMap { words.firstIndex(of: $0) }
      return Sample(inputs: Array(places.dropLast()), answers: Array(places.dropFirst()))
    }
    func beginning(_ sentence: Int, words count: Int) -> Sample {
      Sample(
        inputs: Array(samples[sentence].inputs.prefix(count)),
        answers: Array(samples[sentence].answers.prefix(count)))
    }
    return TrainingExample(
      name: .nextWord,
      title: "the next word at every step of a sentence",
      documents: ["tutorial-2016", "padhai"],
      explanation: "One-hot words in, a softmax over all words out, at every step. Some words are"
        + " open (a bird sings in the tree or in the morning); others follow from a word several steps"
        + " back (we walk to the river, they walk to the station).",
      symbols: words, separator: " ", classes: words, steps: .every,
      training: samples, heldOut: [],
      demonstrations: [
        beginning(0, words: 5), beginning(1, words: 5), beginning(6, words: 5),
        beginning(7, words: 5), beginning(10, words: 4), beginning(11, words: 4),
        beginning(4, words: 5),
      ],
      defaults: TrainingSettings(
        steps: 600, learningRate: 2, clipping: .globalNorm(threshold: 1), hiddenSize: 24,
        carriedShare: 0.5))
  }
}
