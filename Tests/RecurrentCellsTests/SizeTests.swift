import GatedLSTM
import RecurrentCells
import Tensors
import Testing
import VanillaRNN

@Suite("Sizes and outputs")
struct SizeTests {
  typealias Labelling = PadhaiRNNCell<Double, PadhaiRNNReading.Labelling, SoftmaxOutput>
  typealias Classification = PadhaiRNNCell<Double, PadhaiRNNReading.Classification, SoftmaxOutput>

  @Test("I, H and O are read from the parameters")
  func sizes() throws {
    let sample = Sample(of: Labelling.self, Sizes(input: 3, hidden: 4, output: 6))
    let cell = try Labelling(ParameterSet(sample.parameters))
    let found = cell.parameters
    #expect((found.inputSize, found.hiddenSize, found.outputSize) == (3, 4, 6))
  }

  @Test(
    "a parameter of another size is named, with what was expected",
    arguments: [
      ("V", [2, 5], "[O,H] = [2, 4]"), ("V", [4, 2], "[O,H]"), ("V", [2], "[O,H] = [2, 4]"),
      ("c", [1, 2], "[O]"), ("c", [0], "1…"), ("W", [4, 3], "[H,H] = [4, 4]"),
      ("b", [2], "[H] = [4]"),
    ])
  func mismatch(name: String, shape: [Int], expected: String) {
    var sample = Sample(of: Labelling.self, Sizes())
    sample.parameters[name] = Tensor(zeros: shape)
    let parameters = sample.parameters
    let error = #expect(throws: CellError.self) { try Labelling(ParameterSet(parameters)) }
    #expect(error?.code == .shape && error?.name == name, "\(error as Any)")
    #expect(error?.message.contains(expected) == true, "\(error as Any)")
  }

  @Test("a stacked matrix tells H and I", arguments: [(1, 1), (2, 5), (5, 2)])
  func stacked(hidden: Int, input: Int) throws {
    let set = ParameterSet(["W": Tensor<Double>(zeros: [4 * hidden, hidden + input])])
    let found = try KnightLSTMCell(set).parameters
    #expect((found.inputSize, found.hiddenSize) == (input, hidden))
  }

  @Test(
    "a stacked matrix that no H and I have is refused",
    arguments: [
      [8, 2], [8, 1], [7, 5], [3, 5], [0, 5], [8, 0], [8], [], [8, 5, 1], [Int.max, 0],
    ])
  func notStacked(shape: [Int]) {
    let set = ParameterSet(["W": Tensor<Double>(zeros: shape)])
    let error = #expect(throws: CellError.self) { try KnightLSTMCell(set) }
    #expect(error?.code == .shape && error?.name == "W", "\(error as Any)")
  }

  @Test("an output that only some steps have has its own shape")
  func lastOutput() throws {
    let sample = Sample(of: Classification.self, Sizes(lengths: [5, 0, 2]))
    let cell = try Classification(ParameterSet(sample.parameters))
    let trace = try cell.forward(sample.batch)
    #expect(trace.signals["y_hat"]?.shape == [1, 3, 2])
    #expect(trace.signals["s"]?.shape == [5, 3, 4])
    let gradients = try cell.backward(trace, upstream: sample.upstream)
    #expect(gradients.signals["y_hat"] == sample.upstream.sequence["y_hat"])

    // Each sequence's output is the one that labelling has at its last step.
    let labels = try Labelling(ParameterSet(sample.parameters)).forward(sample.batch)
    #expect(trace.signals["y_hat"]?.vector(0, 0) == labels.signals["y_hat"]?.vector(4, 0))
    #expect(trace.signals["y_hat"]?.vector(0, 2) == labels.signals["y_hat"]?.vector(1, 2))

    var wrong = sample.upstream
    wrong.sequence["y_hat"] = Tensor(zeros: [5, 3, 2])
    let error = #expect(throws: CellError.self) { try cell.backward(trace, upstream: wrong) }
    #expect(error?.code == .shape && error?.message.contains("[1,B,O] = [1, 3, 2]") == true)
  }

  @Test("an upstream gradient of H units is refused for an output of O")
  func outputShape() throws {
    var sample = Sample(of: Labelling.self, Sizes())
    sample.upstream.sequence["y_hat"] = Tensor(zeros: [5, 3, 4])
    let cell = try Labelling(ParameterSet(sample.parameters))
    let trace = try cell.forward(sample.batch)
    let error = #expect(throws: CellError.self) {
      try cell.backward(trace, upstream: sample.upstream)
    }
    #expect(error?.code == .shape && error?.message.contains("[T,B,O] = [5, 3, 2]") == true)
  }

  @Test("an output is no state")
  func outputIsNoState() throws {
    var sample = Sample(of: Labelling.self, Sizes())
    let cell = try Labelling(ParameterSet(sample.parameters))
    sample.upstream.final["y_hat"] = Tensor(zeros: [3, 2])
    let trace = try cell.forward(sample.batch)
    let error = #expect(throws: CellError.self) {
      try cell.backward(trace, upstream: sample.upstream)
    }
    #expect(error?.code == .unknown && error?.name == "y_hat")
  }

  @Test("a relu's slope at exactly 0 is 0")
  func reluAtZero() throws {
    typealias Cell = ElmanCell<Double, ElmanReading.Relu>
    var sample = Sample(of: Cell.self, Sizes(steps: 1))
    sample.batch.x = Tensor(zeros: sample.batch.x.shape)
    sample.batch.initial["s"] = Tensor(zeros: [3, 4])
    let cell = try Cell(ParameterSet(sample.parameters))
    let gradients = try cell.backward(cell.forward(sample.batch), upstream: sample.upstream)
    #expect(gradients.x.scalars.allSatisfy { $0 == 0 })
    #expect(gradients.initial["s"]?.scalars.allSatisfy { $0 == 0 } == true)
  }
}
