import Conformance
import Equations
import RecurrentCells
import Tensors
import Testing
import Training

@Suite("Truncated backpropagation")
struct TruncationTests {
  private struct Found {
    let loss: Double
    let gradients: [String: Tensor<Double>]
  }

  /// The gradients of the first step.
  private struct Cut: SessionVisitor {
    let steps: Int?

    func visit<Cell: ComposableCell<Double>>(
      _ cell: Cell.Type, _ session: TrainingSession
    ) throws -> Found {
      let lesson: Lesson<Double> = session.lesson(of: session.example.training)
      let (loss, gradients) = try session.initialModel(cell)
        .gradients(on: lesson, truncation: try steps.map { try Truncation(every: $0) })
      return Found(loss: loss, gradients: gradients)
    }
  }

  @Test("in one chunk the gradients are the whole ones, bit for bit", arguments: Pairing.all)
  func oneChunk(_ pairing: Pairing) throws {
    let whole = try pairing.opened(Cut(steps: nil))
    let cut = try pairing.opened(Cut(steps: 1000))
    #expect(cut.loss == whole.loss)
    #expect(cut.gradients == whole.gradients)
  }

  @Test(
    "in chunks of one step the loss stays and the gradients do not",
    arguments: Pairing.all.filter { $0.example == .nextWord })
  func everyStep(_ pairing: Pairing) throws {
    let whole = try pairing.opened(Cut(steps: nil))
    let cut = try pairing.opened(Cut(steps: 1))
    #expect(cut.loss == whole.loss)
    #expect(cut.gradients != whole.gradients)
  }

  /// The gradients when the loss is on the last step of three, cut before it: and those of that step
  /// alone, run from the states before it.
  private struct LastChunk: SessionVisitor {
    func visit<Cell: ComposableCell<Double>>(
      _ cell: Cell.Type, _ session: TrainingSession
    ) throws -> (cut: [String: Tensor<Double>], alone: [String: Tensor<Double>]) {
      let model = session.initialModel(cell)
      let lesson: Lesson<Double> = session.lesson(of: session.example.training)
      let cut = try model.gradients(on: lesson, truncation: try Truncation(every: 2))
      let x = lesson.batch.x
      func part(_ steps: Range<Int>) -> Tensor<Double> {
        let width = x.shape[1] * x.shape[2]
        return Tensor(shape: [steps.count, x.shape[1], x.shape[2]]) {
          x[steps.lowerBound * width + $0]
        }
      }
      let before = try Cell(ParameterSet(model.parameters))
        .forward(SequenceBatch(x: part(0..<2), lengths: nil, initial: lesson.batch.initial))
      let alone = try model.gradients(
        on: Lesson(
          batch: SequenceBatch(x: part(2..<3), lengths: nil, initial: before.final),
          targets: lesson.targets),
        truncation: nil)
      return (cut.gradients, alone.gradients)
    }
  }

  @Test(
    "the states that a chunk starts from are held fixed",
    arguments: [
      "elman-tanh", "donahue-rnn", "knight-rnn", "cs224d-rnn/softmax", "padhai-rnn/classification",
      "padhai-lstm/softmax-output",
    ])
  func heldFixed(_ id: String) throws {
    let found = try Pairing(id: id, example: .sentiment).opened(LastChunk())
    #expect(found.cut == found.alone)
  }

  @Test("a chunk has at least one step", arguments: [0, -1, .min])
  func atLeastOne(_ steps: Int) {
    #expect(throws: CellError.self) { try Truncation(every: steps) }
  }

  @Test("a session cuts only where it is told to")
  func session() throws {
    func curve(_ truncation: Truncation?) throws -> [Double] {
      let (session, _) = try Pairing(id: "elman-tanh", example: .sentiment).session {
        $0.steps = 5
        $0.truncation = truncation
      }
      return try session.run().curve.map(\.loss)
    }
    for example in TrainingExample.all { #expect(example.defaults.truncation == nil) }
    let whole = try curve(nil)
    #expect(try curve(Truncation(every: 3)) == whole)
    #expect(try curve(Truncation(every: 1)) != whole)
  }
}
