import DonahueLSTM
import GRU
import GradientCheck
import PadhaiLSTM
import RecurrentCells
import Tensors
import Testing

@Suite("Composed cells")
struct ComposedCellTests {
  /// A composed cell under a name.
  struct Composed: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let cell: any ComposableCell<Double>.Type
  }

  typealias LSTM = DonahueLSTMCell<Double>
  typealias Both = BidirectionalCell<LSTM>
  typealias DeepBoth = DeepCell<BidirectionalCell<PadhaiGRUCell<Double>>, TwoLayers>

  static let all: [Composed] = [
    Composed(testDescription: "bidirectional LSTM", cell: Both.self),
    Composed(testDescription: "deep LSTM", cell: DeepCell<LSTM, TwoLayers>.self),
    Composed(testDescription: "deep bidirectional GRU", cell: DeepBoth.self),
    Composed(
      testDescription: "softmax over a deep bidirectional GRU",
      cell: OutputCell<DeepBoth, SoftmaxOutput, OutputBias.Added>.self),
    Composed(testDescription: "bidirectional LSTM of one input", cell: OneToManyCell<Both>.self),
  ]
  static let sizes = [
    Sizes(input: 3, hidden: 2, steps: 4, batch: 2),
    Sizes(input: 2, hidden: 3, steps: 4, batch: 3, lengths: [3, 0, 4]),
    Sizes(input: 2, hidden: 2, steps: 1, batch: 1), Sizes(input: 2, hidden: 2, steps: 0, batch: 2),
  ]

  @Test(
    "no gradient of a right cell is found wrong, in one batch or a case at a time", arguments: all,
    sizes)
  func right(composed: Composed, sizes: Sizes) throws {
    func check<Cell: ComposableCell<Double>>(_ cell: Cell.Type) throws {
      let problem = Sample(sizes: sizes, seed: 1).fullProblem(for: cell)
      let bound = try LossBound(composed: cell, at: problem)
      let batched = try gradientReport(on: BatchedCell(cell, at: problem), bound: bound)
      #expect(batched.failures == [])
      let plain = try gradientReport(on: PlainSubject(cell, at: problem), bound: bound)
      #expect(plain.failures == [])
    }
    try check(composed.cell)
  }

  @Test("a change of x reaches the steps before it where there is a backward direction")
  func beforeTheChange() throws {
    // Only the first step has a cotangent, so that all that x has later is through the backward cell.
    func problem<Cell: ComposableCell<Double>>(_ cell: Cell.Type) -> Case<Double> {
      var problem = Sample(sizes: Self.sizes[1], seed: 2).fullProblem(for: cell)
      problem.upstream.final = [:]
      for (signal, cotangent) in problem.upstream.sequence {
        let first = cotangent.count / cotangent.shape[0]
        problem.upstream.sequence[signal] = Tensor(shape: cotangent.shape) {
          $0 < first ? cotangent[$0] : 0
        }
      }
      return problem
    }
    let both = problem(Both.self)
    let bound = try LossBound(composed: Both.self, at: both)
    let subject = try BatchedCell(Both.self, at: both)
    let report = try gradientReport(on: subject, bound: bound)
    #expect(report.failures == [])
    // The last step of the sequence of length 4, and none of the padding.
    let last = report.elements.filter { $0.quantity == .inputs("x") && $0.index >= 22 }
    #expect(last.count == 2 && last.allSatisfy { $0.difference != 0 && !$0.isUntested })

    // What a check that starts a change at its own step would take for right.
    var gradients = try subject.gradients()
    gradients[.inputs("x")]?[22] = 0
    gradients[.inputs("x")]?[23] = 0
    let wrong = try gradientReport(on: Substituted(subject, gradients: gradients), bound: bound)
    #expect(wrong.failures.map(\.index) == [22, 23])

    // Without a backward direction nothing reaches back.
    let deep = problem(DeepCell<LSTM, TwoLayers>.self)
    let ahead = try gradientReport(
      on: BatchedCell(DeepCell<LSTM, TwoLayers>.self, at: deep),
      bound: LossBound(composed: DeepCell<LSTM, TwoLayers>.self, at: deep))
    #expect(
      ahead.elements.allSatisfy {
        $0.quantity != .inputs("x") || $0.index < 6 || $0.difference == 0
      })
  }

  @Test("one direction's part of a gradient that is missing is found", arguments: sizes.prefix(2))
  func missingDirection(sizes: Sizes) throws {
    let problem = Sample(sizes: sizes, seed: 3).fullProblem(for: Both.self)
    let bound = try LossBound(composed: Both.self, at: problem)
    let subject = try BatchedCell(Both.self, at: problem)
    for direction in ["_forward", "_backward"] {
      var half = problem
      half.upstream.sequence = half.upstream.sequence.filter { $0.key.hasSuffix(direction) }
      half.upstream.final = half.upstream.final.filter { $0.key.hasSuffix(direction) }
      let gradients = try BatchedCell(Both.self, at: half).gradients()
      let wrong = try gradientReport(on: Substituted(subject, gradients: gradients), bound: bound)
      let quantities = Set(wrong.failures.map(\.quantity))
      #expect(quantities.contains(.inputs("x")))
      #expect(
        quantities.allSatisfy { $0 == .inputs("x") || !$0.name.hasSuffix(direction) })
    }
  }

  @Test("a constant is no quantity that is differentiated")
  func constants() throws {
    let problem = Sample(sizes: Self.sizes[0], seed: 4).fullProblem(for: LSTM.self)
    let bound = try LossBound(composed: LSTM.self, at: problem)
    let subject = try BatchedCell(LSTM.self, at: problem)
    var gradients = try subject.gradients()
    gradients[.parameter("b_i")] = nil
    let constant = Substituted(subject, gradients: gradients, constants: ["b_i"])
    let report = try gradientReport(on: constant, bound: bound)
    #expect(report.failures == [])
    #expect(!report.elements.contains { $0.quantity == .parameter("b_i") })
    #expect(report.summaries.count == 12 - 1 + 3)
    let error = #expect(throws: GradientCheckError.self) {
      try gradientReport(on: Substituted(subject, gradients: gradients), bound: bound)
    }
    #expect(error?.code == .missing && error?.name == "gradients/parameters/b_i")
  }
}
