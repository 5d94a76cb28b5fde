import Conformance
import Foundation
import RecurrentCells
import Tensors
import Testing
import Training

@Suite("Training")
struct SessionTests {
  /// An example, a formulation with each kind of loss, and how many steps show a falling loss.
  struct Lecture: Sendable, CustomTestStringConvertible {
    let example: TrainingExample.Name
    let id: String
    let steps: Int
    var testDescription: String { "\(id) on \(example.rawValue)" }

    static let all = [
      Lecture(example: .sentiment, id: "donahue-rnn", steps: 200),
      Lecture(example: .sentiment, id: "knight-lstm", steps: 200),
      Lecture(example: .sentiment, id: "padhai-rnn/classification", steps: 200),
      Lecture(example: .nextWord, id: "elman-tanh", steps: 80),
      Lecture(example: .nextWord, id: "padhai-rnn", steps: 80),
      Lecture(example: .nextWord, id: "cs224d-gru", steps: 80),
      Lecture(example: .jane, id: "donahue-lstm", steps: 30),
      Lecture(example: .jane, id: "leaky-rnn", steps: 80),
    ]

    func session(
      _ change: (inout TrainingSettings) -> Void = { _ in }
    ) throws -> TrainingSession {
      try Pairing(id: id, example: example).session(hidden: 16) {
        $0.steps = steps
        change(&$0)
      }.session
    }
  }

  @Test("the loss falls, to less than two thirds", arguments: Lecture.all)
  func falls(_ lecture: Lecture) throws {
    let report = try lecture.session().run()
    #expect(report.curve.map(\.step) == Array(0...lecture.steps))
    #expect(report.curve.allSatisfy { $0.loss.isFinite && $0.loss >= 0 })
    #expect(report.lastLoss < report.firstLoss * 2 / 3)
    #expect(report.outcome != .didNotFall)
  }

  @Test("no loss is below the least possible one", arguments: Lecture.all)
  func least(_ lecture: Lecture) throws {
    let report = try lecture.session().run()
    #expect(report.curve.allSatisfy { $0.loss >= report.yardsticks.least })
    #expect(report.accuracy <= report.yardsticks.bestAccuracy)
  }

  @Test("three-letter words are learned with every answer right, in either precision")
  func learned() throws {
    for precision in Precision.wide {
      let (session, _) = try Pairing(id: "elman-tanh", example: .sentiment).session(hidden: 16) {
        $0.steps = 300
        $0.precision = precision
      }
      let report = try session.run()
      #expect(report.accuracy == 1)
      #expect(report.outcome == .carries)
      #expect(report.demonstrations.allSatisfy { $0.isRight })
    }
  }

  @Test("the same seed gives the same curve, another one another")
  func seeded() throws {
    let lecture = Lecture(example: .nextWord, id: "donahue-lstm", steps: 3)
    func curve(_ seed: UInt64) throws -> [CurvePoint] {
      try lecture.session { $0.seed = seed }.run().curve
    }
    let first = try curve(1)
    #expect(try curve(1) == first)
    #expect(try curve(2) != first)
  }

  @Test("a learning rate that is too large ends in an error that says what to do")
  func diverges() throws {
    let lecture = Lecture(example: .sentiment, id: "elman-relu", steps: 20)
    let session = try lecture.session {
      $0.learningRate = 1e300
      $0.clipping = nil
    }
    do {
      _ = try session.run()
      Issue.record("it did not diverge")
    } catch let error as TrainingError {
      #expect(error.code == .diverged)
      #expect(error.description.contains("learning rate below 1e+300"))
    }
  }

  @Test("settings without sense are errors")
  func settings() {
    let lecture = Lecture(example: .sentiment, id: "elman-tanh", steps: 1)
    let changes: [(inout TrainingSettings) -> Void] = [
      { $0.steps = -1 }, { $0.hiddenSize = 0 }, { $0.learningRate = 0 }, { $0.carriedShare = 1 },
      { $0.clipping = .elementwise(threshold: -1) },
    ]
    for change in changes { #expect(throws: TrainingError.self) { try lecture.session(change) } }
  }

  @Test("no step at all leaves the first loss")
  func noStep() throws {
    let report = try Lecture(example: .jane, id: "elman-tanh", steps: 0).session().run()
    #expect(report.curve.count == 1)
    #expect(report.outcome == .didNotFall)
  }

  /// The loss and the gradients of batches in which there is nothing to predict.
  private struct Nothing: SessionVisitor {
    func visit<Cell: ComposableCell<Double>>(
      _ cell: Cell.Type, _ session: TrainingSession
    ) throws -> Bool {
      let model = session.initialModel(cell)
      let none: Lesson<Double> = session.lesson(of: [])
      let (loss, gradients) = try model.gradients(on: none, truncation: nil)
      return loss == 0 && gradients.values.allSatisfy { $0.scalars.allSatisfy { $0 == 0 } }
    }
  }

  @Test(
    "a batch of zero sequences of zero steps: a loss and gradients of 0", arguments: Pairing.all)
  func nothing(_ pairing: Pairing) throws {
    #expect(try pairing.opened(Nothing()))
  }

  @Test("α is kept between 0 and 1, whatever the learning rate")
  func fractions() throws {
    struct Alpha: SessionVisitor {
      func visit<Cell: ComposableCell<Double>>(
        _ cell: Cell.Type, _ session: TrainingSession
      ) throws -> ClosedRange<Double>? { session.ranges(Double.self)["alpha"] }
    }
    let pairing = Pairing(id: "leaky-rnn", example: .sentiment)
    #expect(try pairing.opened(Alpha()) == 0...1)
    let (session, _) = try pairing.session {
      $0.steps = 10
      $0.learningRate = 100
    }
    #expect(try session.run().curve.allSatisfy { $0.loss.isFinite })
  }

  @Test("a readout that does not fit the hidden output is an error")
  func readout() throws {
    struct Misfit: SessionVisitor {
      func visit<Cell: ComposableCell<Double>>(
        _ cell: Cell.Type, _ session: TrainingSession
      ) throws -> TrainingError.Code? {
        var model = session.initialModel(cell)
        let V = "readout/V"
        model.parameters[V] = Tensor(zeros: [2, (model.parameters[V]?.shape[1] ?? 0) + 1])
        let lesson: Lesson<Double> = session.lesson(of: session.example.training)
        do {
          _ = try model.loss(of: lesson)
          return nil
        } catch let error as TrainingError { return error.code }
      }
    }
    #expect(
      try Pairing(id: "donahue-lstm", example: .sentiment).opened(Misfit()) == .shape)
  }
}

@Suite("Reports of training")
struct TrainingReportTests {
  private func report(_ example: TrainingExample.Name, steps: Int = 4) throws -> TrainingReport {
    try Pairing(id: "donahue-lstm", example: example).session { $0.steps = steps }.session.run()
  }

  @Test(
    "every line of the text is a line of the terminal", arguments: TrainingExample.Name.allCases)
  func width(_ example: TrainingExample.Name) throws {
    let text = try report(example).text(width: 100)
    for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    #expect(text.contains("the loss"))
    #expect(text.contains("a readout put on its hidden output"))
  }

  @Test("the curve as CSV gives every number back")
  func csv() throws {
    let report = try report(.sentiment)
    let lines = report.csv.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(lines.first == ["step", "loss", "gradient_norm", "clipped"])
    #expect(lines.dropFirst().compactMap { Double($0[1]) } == report.curve.map(\.loss))
  }

  private struct Losses: Decodable {
    struct Point: Decodable { let loss: Double }
    let curve: [Point]
  }

  @Test("JSON has the curve, what was asked for and how gradients were cut and clipped")
  func json() throws {
    let (session, _) = try Pairing(id: "leaky-rnn", example: .jane).session {
      $0.steps = 2
      $0.truncation = try? Truncation(every: 4)
      $0.clipping = .elementwise(threshold: 0.5)
    }
    let report = try session.run()
    let data = try report.json()
    #expect(
      try JSONDecoder().decode(Losses.self, from: data).curve.map(\.loss)
        == report.curve.map(\.loss))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["format"] as? String == "rnncheck-training")
    let settings = try #require(object["settings"] as? [String: Any])
    #expect(settings["truncate"] as? Int == 4)
    #expect(settings["clip"] as? Double == 0.5)
    #expect(settings["clip_norm"] == nil)
    #expect(report.text(width: 100).contains("cut every 4 steps, and so not those of the loss"))
  }

  @Test("what may come next in several ways is right in each of them")
  func severalAnswers() throws {
    let report = try report(.nextWord)
    let bird = try #require(report.demonstrations.last)
    #expect(bird.prompt == "a bird sings in the")
    #expect(Set(bird.expected) == ["tree", "morning"])
    #expect(report.demonstrations.dropLast().allSatisfy { $0.expected.count == 1 })
  }

  @Test(
    "a plot of any curve",
    arguments: [[], [0], [1], [0, 0, 0], [3, 2, 1], [1e300, 1e-300]] as [[Double]])
  func plot(_ values: [Double]) {
    for (width, height) in [(0, 0), (24, 2), (80, 12)] {
      let text = LossPlot(values, level: 0.5, width: width, height: height).text
      #expect(text.contains("steps"))
      #expect(text.contains("*") == !values.isEmpty)
      for line in text.split(separator: "\n") { #expect(line.count <= max(width, 24) + 6) }
    }
  }
}
