import DonahueLSTM
import GradientCheck
import RecurrentCells
import Tensors
import Testing

@Suite("Plain subjects")
struct PlainSubjectTests {
  static let sizes = [
    Sizes(input: 2, hidden: 3, steps: 3, batch: 2),
    Sizes(input: 2, hidden: 2, steps: 3, batch: 3, lengths: [3, 0, 1]),
    Sizes(input: 2, hidden: 2, steps: 0, batch: 1),
  ]

  @Test(
    "a case at a time gives the differences of one batch, to rounding", arguments: Subject.all,
    sizes)
  func differences(subject: Subject, sizes: Sizes) throws {
    func check<Cell: StepwiseCell<Double>>(_ cell: Cell.Type) throws {
      let problem = Sample(sizes: sizes, seed: 3).problem(for: cell)
      let bound = try LossBound(of: cell, at: problem)
      let batched = try gradientReport(on: BatchedCell(cell, at: problem), bound: bound)
      let plain = try gradientReport(on: PlainSubject(cell, at: problem), bound: bound)
      #expect(plain.failures == [])
      #expect(plain.evaluations == batched.evaluations)
      #expect(plain.elements.count == batched.elements.count)
      for (one, other) in zip(plain.elements, batched.elements) {
        #expect(one.quantity == other.quantity && one.index == other.index)
        #expect(one.analytic == other.analytic)
        // Both differences are of the same function; at another h its truncation errors differ too.
        let rounding = [one, other].map { element in
          element.exponent.map {
            1.5 * bound.value * Double(sign: .plus, exponent: $0, significand: 1)
          } ?? 0
        }
        let apart = (one.difference - other.difference).magnitude
        #expect(
          apart
            <= (one.exponent == other.exponent
              ? rounding[0] + rounding[1] : one.acceptance + other.acceptance))
      }
    }
    try check(subject.cell)
  }

  @Test("a wrong number in a plain subject is named")
  func wrong() throws {
    typealias Cell = DonahueLSTMCell<Double>
    let problem = Sample(sizes: Self.sizes[0], seed: 3).problem(for: Cell.self)
    let subject = try PlainSubject(Cell.self, at: problem)
    var gradients = try subject.gradients()
    gradients[.initial("c")]?[4] *= -1
    let failures = try gradientReport(
      on: Substituted(subject, gradients: gradients), bound: LossBound(of: Cell.self, at: problem)
    ).failures
    #expect(failures.map(\.quantity) == [.initial("c")] && failures.map(\.index) == [4])
  }
}

extension PlainSubject {
  /// A cell that is run a case at a time.
  init<Cell: RecurrentCell<Double>>(_ cell: Cell.Type, at problem: Case<Double>) throws {
    try self.init(
      at: problem,
      forward: { problem in
        let trace = try Cell(ParameterSet(problem.parameters)).forward(problem.batch)
        var answers: Answers<Double> = [:]
        for (name, signal) in trace.signals { answers[.sequence(name)] = signal }
        for (name, state) in trace.final { answers[.final(name)] = state }
        return answers
      },
      backward: { try BatchedCell(cell, at: $0).gradients() })
  }
}
