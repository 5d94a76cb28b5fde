import DonahueLSTM
import GradientCheck
import RecurrentCells
import Tensors
import Testing

@Suite("Wrong backward passes")
struct WrongBackwardTests {
  static let sizes = Sizes(input: 3, hidden: 4, steps: 4, batch: 2)

  @Test("sums that every step overwrites are wrong in every parameter", arguments: Subject.all)
  func overwritten(subject: Subject) throws {
    func check<Cell: StepwiseCell<Double>>(_ cell: Cell.Type) throws {
      let (problem, report) = try report(of: WrongStep<Cell, OverwrittenSums>.self, right: cell)
      let wrong = Set(report.failures.map(\.quantity))
      #expect(wrong == Set(problem.parameters.keys.map { .parameter($0) }))
    }
    try check(subject.cell)
  }

  @Test(
    "backpropagation that stops leaves only the last step's inputs right", arguments: Subject.all)
  func truncated(subject: Subject) throws {
    func check<Cell: StepwiseCell<Double>>(_ cell: Cell.Type) throws {
      let (problem, report) = try report(
        of: WrongStep<Cell, TruncatedBackpropagation>.self, right: cell)
      let wrong = Set(report.failures.map(\.quantity))
      #expect(wrong == Set(report.elements.map(\.quantity)))
      let lastStep = problem.batch.x.count / problem.batch.steps * (problem.batch.steps - 1)
      let inputs = report.elements.filter { $0.quantity == .inputs("x") }
      #expect(inputs.allSatisfy { $0.departs == ($0.index < lastStep) })
      for state in Cell.states {
        #expect(report.failures.filter { $0.quantity == .initial(state) }.count == 8)
      }
    }
    try check(subject.cell)
  }

  @Test("a term that is dropped on the way back is found", arguments: Subject.all)
  func dropped(subject: Subject) throws {
    func check<Cell: StepwiseCell<Double>>(_ cell: Cell.Type) throws {
      let (_, report) = try report(of: WrongStep<Cell, DroppedTerm>.self, right: cell)
      #expect(report.failures.contains { $0.quantity == .initial(Cell.states[0]) })
      #expect(report.failures.contains { $0.quantity == .inputs("x") })
    }
    try check(subject.cell)
  }

  @Test("a backward pass that is not linear in its cotangents is found", arguments: Subject.all)
  func cotangents(subject: Subject) throws {
    func check<Cell: StepwiseCell<Double>>(_ cell: Cell.Type) throws {
      let spoilers: [@Sendable (Double) -> Double] = [
        { $0 * $0 }, { min(max($0, 0), 1) }, { $0.magnitude },
      ]
      for spoil in spoilers {
        try substituting(cell) { right in
          var problem = right.problem
          problem.upstream.sequence = problem.upstream.sequence.mapValues { $0.map(spoil) }
          problem.upstream.final = problem.upstream.final.mapValues { $0.map(spoil) }
          return try BatchedCell(cell, at: problem).gradients()
        } expect: { report in
          #expect(
            Set(report.failures.map(\.quantity)) == Set(report.elements.map(\.quantity)))
        }
      }
    }
    try check(subject.cell)
  }

  @Test("cotangents of final states that are ignored are found", arguments: Subject.all)
  func ignoredFinal(subject: Subject) throws {
    func check<Cell: StepwiseCell<Double>>(_ cell: Cell.Type) throws {
      try substituting(cell) { right in
        var problem = right.problem
        problem.upstream.final = [:]
        return try BatchedCell(cell, at: problem).gradients()
      } expect: { report in
        #expect(Set(report.failures.map(\.quantity)) == Set(report.elements.map(\.quantity)))
      }
    }
    try check(subject.cell)
  }

  @Test(
    "gradients of initial states that are 0 are named, and nothing else", arguments: Subject.all)
  func zeroInitial(subject: Subject) throws {
    func check<Cell: StepwiseCell<Double>>(_ cell: Cell.Type) throws {
      try substituting(cell) { right in
        var gradients = try right.gradients()
        for state in Cell.states {
          gradients[.initial(state)] = gradients[.initial(state)].map { Tensor(zeros: $0.shape) }
        }
        return gradients
      } expect: { report in
        let summaries = report.summaries.filter { $0.failures > 0 }
        #expect(Set(summaries.map(\.quantity)) == Set(Cell.states.map { .initial($0) }))
        #expect(summaries.allSatisfy { $0.failures == 8 && $0.checked == 8 })
      }
    }
    try check(subject.cell)
  }

  @Test("an error of 1e-6 in one number is named, in every quantity", arguments: Subject.all)
  func oneNumber(subject: Subject) throws {
    func check<Cell: StepwiseCell<Double>>(_ cell: Cell.Type) throws {
      let problem = Sample(sizes: Self.sizes, seed: 1).problem(for: cell)
      let bound = try LossBound(of: cell, at: problem)
      let right = try gradientReport(on: BatchedCell(cell, at: problem), bound: bound)
      for summary in right.summaries {
        let candidates = right.elements.filter { $0.quantity == summary.quantity && !$0.isWeak }
        let element = try #require(candidates.randomElement(using: &generator))
        try substituting(cell) { right in
          var gradients = try right.gradients()
          gradients[element.quantity]?[element.index] *= 1 + 1e-6
          return gradients
        } expect: { report in
          #expect(report.failures.map(\.quantity) == [element.quantity])
          #expect(report.failures.map(\.index) == [element.index])
          #expect(report.worst == report.failures.first)
        }
      }
    }
    var generator = CounterGenerator(seed: 7)
    try check(subject.cell)
  }

  @Test("an error of 1e-6 is found in every number that is not weak", arguments: Subject.all)
  func everyNumber(subject: Subject) throws {
    func check<Cell: StepwiseCell<Double>>(_ cell: Cell.Type) throws {
      for factor in [1 + 1e-6, 1 - 1e-6] {
        try substituting(cell) { right in
          try right.gradients().mapValues { $0.map { $0 * factor } }
        } expect: { report in
          // What is left is weak by the report's own account.
          let unseen = report.elements.filter { !$0.departs }
          #expect(unseen.allSatisfy { $0.isWeak })
          #expect(unseen.count < report.elements.count / 10)
        }
      }
    }
    try check(subject.cell)
  }

  /// The report on a wrong cell, with the bound of the right one.
  private func report<Wrong: StepwiseCell<Double>, Right: StepwiseCell<Double>>(
    of wrong: Wrong.Type, right: Right.Type
  ) throws -> (Case<Double>, GradientReport) {
    let problem = Sample(sizes: Self.sizes, seed: 1).problem(for: right)
    return (
      problem,
      try gradientReport(
        on: BatchedCell(wrong, at: problem), bound: LossBound(of: right, at: problem))
    )
  }

  /// The report on a right forward pass with other gradients.
  private func substituting<Cell: StepwiseCell<Double>>(
    _ cell: Cell.Type, _ gradients: (BatchedCell<Cell>) throws -> Answers<Double>,
    expect: (GradientReport) -> Void
  ) throws {
    let problem = Sample(sizes: Self.sizes, seed: 1).problem(for: cell)
    let right = try BatchedCell(cell, at: problem)
    expect(
      try gradientReport(
        on: Substituted(right, gradients: gradients(right)), bound: LossBound(of: cell, at: problem)
      ))
  }
}
