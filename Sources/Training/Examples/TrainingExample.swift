import Equations

/// One of the documents' own examples as something to train: sequences of symbols and their answers.
///
/// Symbols go in as one-hot vectors, and answers are classes.
public struct TrainingExample: Sendable {
  /// The examples by the name on the command line.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    /// Three-letter words over 26 one-hot letters and one answer, yes or no.
    case sentiment
    /// The next word at every step of a sentence.
    case nextWord = "next-word"
    /// The name that a sentence ends with, 16 words after it was said.
    case jane
  }

  /// A sequence and its answers, by their positions among the symbols and classes.
  public struct Sample: Hashable, Sendable {
    /// The symbols that go in.
    public let inputs: [Int]
    /// The classes that come out: one a step, or one in all.
    public let answers: [Int]
  }

  /// The name.
  public let name: Name
  /// What it is, in a few words.
  public let title: String
  /// The documents that have it, by their keys.
  public let documents: [String]
  /// How it is made and what to look at, in a few sentences.
  public let explanation: String
  /// The symbols: letters or words.
  public let symbols: [String]
  /// What stands between two symbols in print.
  public let separator: String
  /// The classes: words, or yes and no.
  public let classes: [String]
  /// Whether an answer is asked for at every step or at the last one.
  public let steps: LossSteps
  /// What is trained on.
  public let training: [Sample]
  /// What is not, and shows whether the rest was learned by heart; empty where nothing can be held out.
  public let heldOut: [Sample]
  /// What is shown of it afterwards.
  public let demonstrations: [Sample]
  /// Settings with which the loss falls clearly within seconds.
  public let defaults: TrainingSettings

  /// The example of a name.
  public static func named(_ name: Name) -> TrainingExample {
    switch name {
    case .sentiment: sentiment
    case .nextWord: nextWord
    case .jane: jane
    }
  }

  /// Every example.
  public static var all: [TrainingExample] { Name.allCases.map(named) }

  /// The last answer to a sample, and every other one that follows the same inputs in training.
  func lastAnswers(to sample: Sample) -> [Int] {
    let read = sample.inputs.count
    let others = training.filter { $0.inputs.prefix(read) == sample.inputs[...] }
      .compactMap { steps == .every ? $0.answers.prefix(read).last : $0.answers.last }
    return (sample.answers.suffix(1) + others).reduce(into: []) { known, answer in
      if !known.contains(answer) { known.append(answer) }
    }
  }

  /// Refuses a formulation that reads too little of a sequence to answer, or the answers themselves.
  package func checkInputs(of formulation: Formulation) throws(TrainingError) {
    let reason: String? =
      if formulation.readsFirstInputAlone {
        "it reads the input at the first step alone, and the answers depend on later ones"
      } else if name == .nextWord,
        formulation.states.contains(where: { formulation.direction(of: $0) == .backward })
      {
        "its backward direction reads the very words that are asked for"
      } else {
        nil
      }
    guard let reason else { return }
    throw TrainingError(
      code: .input, name: formulation.id,
      message: "it cannot be trained on \(name.rawValue): \(reason)")
  }

  /// A sequence as it is printed.
  public func text(of inputs: [Int]) -> String {
    inputs.map { symbols[$0] }.joined(separator: separator)
  }
}
