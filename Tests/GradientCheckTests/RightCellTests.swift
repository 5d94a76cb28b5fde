import DonahueLSTM
import GradientCheck
import RecurrentCells
import Tensors
import Testing

@Suite("Right cells")
struct RightCellTests {
  static let sizes = [
    Sizes(input: 5, hidden: 3, steps: 4, batch: 3), Sizes(input: 4, hidden: 4, steps: 3, batch: 2),
    Sizes(input: 3, hidden: 4, steps: 1, batch: 2), Sizes(input: 3, hidden: 2, steps: 0, batch: 2),
    Sizes(input: 2, hidden: 1, steps: 4, batch: 1),
    Sizes(input: 4, hidden: 5, steps: 4, batch: 2, regime: .saturated),
    Sizes(input: 3, hidden: 4, steps: 5, batch: 4, lengths: [4, 1, 0, 5]),
    Sizes(input: 2, hidden: 3, steps: 32, batch: 1),
  ]

  @Test("no gradient of a right cell is found wrong", arguments: Subject.all, sizes)
  func right(subject: Subject, sizes: Sizes) throws {
    func check<Cell: StepwiseCell<Double>>(_ cell: Cell.Type) throws {
      for seed in 1...5 as ClosedRange<UInt64> {
        let problem = Sample(sizes: sizes, seed: seed).problem(for: cell)
        let report = try gradientReport(
          on:
            BatchedCell(cell, at: problem), bound: LossBound(of: cell, at: problem))
        #expect(report.failures == [])
        #expect(!report.departs)
        let tensors =
          [problem.batch.x] + Array(problem.parameters.values) + problem.batch.initial.values
        let count = tensors.map(\.count).reduce(0, +)
        #expect(report.elements.count == count)
        #expect(report.summaries.map(\.checked).reduce(0, +) == count)
      }
    }
    try check(subject.cell)
  }

  @Test("most gradients of ordinary cases are tested to 1e-6", arguments: Subject.all)
  func ordinary(subject: Subject) throws {
    func check<Cell: StepwiseCell<Double>>(_ cell: Cell.Type) throws {
      let problem = Sample(sizes: Self.sizes[0], seed: 1).problem(for: cell)
      let report = try gradientReport(
        on:
          BatchedCell(cell, at: problem), bound: LossBound(of: cell, at: problem))
      #expect(report.elements.filter(\.isWeak).count < report.elements.count / 10)
      #expect(report.summaries.allSatisfy { $0.untested == 0 })
    }
    try check(subject.cell)
  }

  @Test("tiny inputs, states and biases are moved so little that their gradients are tested")
  func tiny() throws {
    typealias Cell = DonahueLSTMCell<Double>
    let sizes = Sizes(input: 3, hidden: 4, steps: 3, batch: 2, regime: .tiny)
    for seed in 1...5 as ClosedRange<UInt64> {
      let problem = Sample(sizes: sizes, seed: seed).problem(for: Cell.self)
      let bound = try LossBound(of: Cell.self, at: problem, largestSignal: 0x1p-66)
      let trace = try Cell(ParameterSet(problem.parameters)).forward(problem.batch)
      for signal in ["g", "c", "h"] {
        #expect(trace.signals[signal]?.scalars.allSatisfy { $0.magnitude < 0x1p-66 } == true)
      }
      let report = try gradientReport(on: BatchedCell(Cell.self, at: problem), bound: bound)
      #expect(report.failures == [])
      for summary in report.summaries
      where ["c", "h", "x", "W_xc", "W_hc", "b_c"].contains(summary.quantity.name) {
        #expect(summary.untested == 0)
      }
    }
  }

  @Test("padding and parameters that no step uses have gradient 0 exactly, without a difference")
  func unused() throws {
    typealias Cell = DonahueLSTMCell<Double>
    let ragged = Sample(sizes: Self.sizes[6], seed: 1).problem(for: Cell.self)
    let padding = try gradientReport(
      on: BatchedCell(Cell.self, at: ragged), bound: LossBound(of: Cell.self, at: ragged)
    ).elements.filter { $0.exponent == nil }
    #expect(padding.count == (20 - 10) * 3)
    #expect(padding.allSatisfy { $0.quantity == .inputs("x") && !$0.isWeak && $0.ratio == 0 })

    let empty = Sample(sizes: Self.sizes[3], seed: 1).problem(for: Cell.self)
    let report = try gradientReport(
      on: BatchedCell(Cell.self, at: empty), bound: LossBound(of: Cell.self, at: empty))
    for element in report.elements {
      #expect(
        (element.exponent == nil)
          == (element.quantity < .initial("") || element.quantity > .initial("zz")))
    }
    #expect(report.evaluations == 12 * 2 * 2 * 2)

    // The smallest gradient where there must be none is wrong.
    for (problem, quantity, index) in [
      (ragged, Quantity.inputs("x"), padding.last?.index ?? 0), (empty, .parameter("b_i"), 1),
    ] {
      let subject = try BatchedCell(Cell.self, at: problem)
      var gradients = try subject.gradients()
      gradients[quantity]?[index] = .leastNonzeroMagnitude
      let failures = try gradientReport(
        on: Substituted(subject, gradients: gradients), bound: LossBound(of: Cell.self, at: problem)
      ).failures
      #expect(failures.map(\.quantity) == [quantity] && failures.map(\.index) == [index])
    }
  }

  @Test("what the padding holds does not matter")
  func padding() throws {
    typealias Cell = DonahueLSTMCell<Double>
    let problem = Sample(sizes: Self.sizes[6], seed: 2).problem(for: Cell.self)
    let bound = try LossBound(of: Cell.self, at: problem)
    var poisoned = problem
    func poison(_ tensor: inout Tensor<Double>) {
      for element in 0..<problem.batch.batch {
        for step in problem.batch.length(of: element)..<problem.batch.steps {
          for unit in 0..<tensor.shape[2] { tensor[step, element, unit] = .nan }
        }
      }
    }
    poison(&poisoned.batch.x)
    for name in poisoned.upstream.sequence.keys {
      poison(&poisoned.upstream.sequence[name, default: Tensor(zeros: [])])
    }
    #expect(
      try gradientReport(on: BatchedCell(Cell.self, at: poisoned), bound: bound)
        == gradientReport(on: BatchedCell(Cell.self, at: problem), bound: bound))
  }

  @Test("the same report on every run")
  func reproducible() throws {
    typealias Cell = DonahueLSTMCell<Double>
    let problem = Sample(
      sizes: Sizes(input: 11, hidden: 16, steps: 3, batch: 2), seed: 1
    ).problem(for: Cell.self)
    let bound = try LossBound(of: Cell.self, at: problem)
    let subject = try BatchedCell(Cell.self, at: problem)
    let first = try gradientReport(on: subject, bound: bound)
    for _ in 0..<3 { #expect(try gradientReport(on: subject, bound: bound) == first) }
  }
}
