import Conformance
import Equations
import RecurrentCells
import Tensors
import Testing
import Training

@Suite("The documents' examples")
struct ExampleTests {
  @Test("sentiment: three of 26 letters, and one answer of two, both in use")
  func sentiment() {
    let example = TrainingExample.named(.sentiment)
    #expect(example.symbols.count == 26)
    #expect(example.training.allSatisfy { $0.inputs.count == 3 && $0.answers.count == 1 })
    #expect(Set(example.training.flatMap(\.answers)) == [0, 1])
    #expect(Set(example.training.map(\.inputs)).count == example.training.count)
    #expect(example.text(of: example.training[0].inputs) == "joy")
  }

  @Test("next word: every answer is the input of the next step, up to the full stop")
  func nextWord() {
    let example = TrainingExample.named(.nextWord)
    for sample in example.training {
      #expect(sample.answers.count == sample.inputs.count)
      #expect(sample.answers.dropLast() == sample.inputs.dropFirst())
      #expect(sample.answers.last.map { example.classes[$0] } == ".")
    }
  }

  @Test("Jane: the name asked for was said 16 steps before, and no pair held out is trained on")
  func jane() throws {
    let example = TrainingExample.named(.jane)
    for sample in example.training + example.heldOut {
      let asked = sample.inputs.count
      let said = try #require(sample.inputs.lastIndex { $0 == sample.answers[0] })
      #expect(asked - said == 16)
    }
    #expect(Set(example.training).isDisjoint(with: example.heldOut))
    #expect(
      example.heldOut.contains {
        example.text(of: $0.inputs).hasPrefix("Jane walked into the room . John walked in too .")
      })
    #expect(
      Set(example.heldOut.flatMap(\.answers)).isSubset(of: example.training.flatMap(\.answers)))
  }

  /// The lesson of all samples that are trained on.
  private struct WholeLesson: SessionVisitor {
    func visit<Cell: ComposableCell<Double>>(
      _ cell: Cell.Type, _ session: TrainingSession
    ) -> Lesson<Double> { session.lesson(of: session.example.training) }
  }

  @Test("inputs are one-hot at every step of a sequence and zero in the padding; so are targets")
  func oneHot() throws {
    let lesson = try Pairing(id: "elman-tanh", example: .nextWord).opened(WholeLesson())
    let samples = TrainingExample.named(.nextWord).training
    for tensor in [lesson.batch.x, lesson.targets] {
      for (element, sample) in samples.enumerated() {
        for step in 0..<tensor.shape[0] {
          let row = (0..<tensor.shape[2]).map { tensor[step, element, $0] }
          #expect(row.reduce(0, +) == (step < sample.inputs.count ? 1 : 0))
          #expect(row.allSatisfy { $0 == 0 || $0 == 1 })
        }
      }
    }
    #expect(lesson.batch.lengths == samples.map(\.inputs.count))
  }

  @Test("yardsticks: what is possible from everything and from the last symbol alone")
  func yardsticks() {
    let sentiment = Yardsticks(of: .named(.sentiment), .readout)
    #expect(sentiment.least == 0)
    #expect(sentiment.bestAccuracy == 1)
    #expect(sentiment.withoutMemory > 0)
    // All sentences end alike, so that the last word tells nothing: the entropy of the six names.
    let jane = Yardsticks(of: .named(.jane), .readout)
    #expect(jane.least == 0)
    // Six shares, their logarithms and products, five sums, a quotient: at most twelve roundings of each term.
    #expect((jane.withoutMemory - Double.log(6)).magnitude <= 12 * Double.log(6).ulp)
    // A bird sings in the tree, or in the morning.
    let nextWord = Yardsticks(of: .named(.nextWord), .softmax)
    #expect(nextWord.least > 0 && nextWord.least < nextWord.withoutMemory)
    #expect(nextWord.bestAccuracy < 1)
  }

  @Test("a formulation that cannot answer, or sees the answers, is refused")
  func refused() throws {
    func code(_ id: String, _ example: TrainingExample.Name) throws -> TrainingError.Code? {
      let formulation = try Catalogue.formulation(named: id)
      do throws(TrainingError) {
        try TrainingExample.named(example).checkInputs(of: formulation)
        return nil
      } catch {
        #expect(error.name == id)
        return error.code
      }
    }
    for example in TrainingExample.Name.allCases {
      #expect(try code("knight-rnn/one-to-many", example) == .input)
      #expect(try code("knight-rnn", example) == nil)
      #expect(try code("elman-tanh/deep", example) == nil)
    }
    #expect(try code("donahue-lstm+bidirectional", .nextWord) == .input)
    #expect(try code("elman-tanh/deep-bidirectional", .nextWord) == .input)
    #expect(try code("elman-tanh/bidirectional", .sentiment) == nil)
  }
}

@Suite("What of a formulation a loss is taken of")
struct LossPlacementTests {
  private func placement(
    _ id: String, _ classes: Int, _ steps: LossSteps
  ) throws -> LossPlacement {
    try LossPlacement(
      in: try Catalogue.formulation(named: id), classes: classes, steps: steps)
  }

  @Test(
    "its own output where that fits, else a readout on what is hidden",
    arguments: [
      ("elman-tanh", 5, LossSteps.every, LossPlacement.Kind.softmax, "o", LossSteps.every),
      ("elman-tanh", 2, .last, .softmax, "o", .last),
      ("knight-rnn", 5, .every, .logits, "y", .every),
      // One σ says yes or no; it has no third answer.
      ("donahue-rnn", 2, .last, .yesNo, "y", .last),
      ("donahue-rnn", 3, .last, .readout, "h", .last),
      // One output from the last state alone: not one at every step.
      ("padhai-rnn/classification", 5, .last, .softmax, "ŷ", .single),
      ("padhai-rnn/classification", 5, .every, .readout, "s", .every),
      ("donahue-lstm", 2, .last, .readout, "h", .last),
      ("leaky-rnn", 5, .every, .readout, "h", .every),
    ] as [(String, Int, LossSteps, LossPlacement.Kind, String, LossSteps)])
  func placed(
    _ id: String, _ classes: Int, _ asked: LossSteps, _ kind: LossPlacement.Kind,
    _ signal: String, _ steps: LossSteps
  ) throws {
    let found = try placement(id, classes, asked)
    #expect(found.kind == kind)
    #expect(found.steps == steps)
    #expect(
      found.text(in: try Catalogue.formulation(named: id)).contains(
        "\(kind == .readout ? "readout" : "own")"))
    #expect(Expression.signal(found.signal, .step(0)).text.hasPrefix(signal))
  }
}
