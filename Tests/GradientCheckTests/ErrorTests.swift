import DonahueLSTM
import GradientCheck
import RecurrentCells
import Tensors
import Testing

@Suite("What cannot be checked")
struct ErrorTests {
  typealias Cell = DonahueLSTMCell<Double>

  private var problem: Case<Double> {
    Sample(
      sizes: Sizes(input: 2, hidden: 2, steps: 2, batch: 2, lengths: [2, 1]), seed: 1
    ).problem(for: Cell.self)
  }

  @Test("a gradient that is missing or of another shape")
  func gradients() throws {
    let subject = try BatchedCell(Cell.self, at: problem)
    for quantity in [Quantity.parameter("W_xi"), .inputs("x"), .initial("c")] {
      var gradients = try subject.gradients()
      gradients[quantity] = nil
      #expect(failure(of: Substituted(subject, gradients: gradients)) == .missing)
      for shape in [[], [1], [2, 3], [2, 2, 2, 2]] {
        gradients[quantity] = Tensor(zeros: shape)
        #expect(failure(of: Substituted(subject, gradients: gradients)) == .shape)
      }
    }
  }

  @Test("a signal that is missing or of another shape")
  func signals() throws {
    let right = try PlainSubject(Cell.self, at: problem)
    let answers = try right.gradients()
    func code(_ forward: Answers<Double>) throws -> GradientCheckError.Code? {
      failure(
        of: try PlainSubject(at: problem, forward: { _ in forward }, backward: { _ in answers }))
    }
    #expect(try code([:]) == .missing)
    let h = Tensor<Double>(zeros: [2, 2, 2])
    let state = Tensor<Double>(zeros: [2, 2])
    #expect(try code([.sequence("h"): h, .final("h"): state]) == .missing)
    #expect(try code([.sequence("h"): state, .final("h"): state, .final("c"): state]) == .shape)
    #expect(try code([.sequence("h"): h, .final("h"): state, .final("c"): h]) == .shape)
    #expect(try code([.sequence("h"): h, .final("h"): state, .final("c"): state]) == nil)
  }

  @Test("more or fewer losses than changes, and none")
  func count() throws {
    struct Miscounting: DifferentiableSubject {
      let curve: Curve
      let count: Int
      var problem: Case<Double> { curve.problem }
      var changesAtOnce: Int { -1 }
      func losses(of changes: [Change]) throws -> [Double] { Array(repeating: 0, count: count) }
      func gradients() throws -> Answers<Double> { try curve.gradients() }
    }
    let curve = Curve(at: 1, slope: 0) { _ in 0 }
    for count in [0, 11, 13] {
      #expect(failure(of: Miscounting(curve: curve, count: count)) == .count)
    }
    #expect(failure(of: Miscounting(curve: curve, count: 12)) == nil)
  }

  @Test("a bound that is none", arguments: [-1, Double.nan, .infinity])
  func bound(_ bound: Double) throws {
    let curve = Curve(at: 1, slope: 1) { $0 }
    #expect(throws: GradientCheckError.self) { try curve.verdict(bound: bound) }
    #expect(throws: GradientCheckError.self) { try curve.verdict(tolerance: bound) }
  }

  @Test("a case whose tensors do not fit one another")
  func cases() throws {
    func code(_ change: (inout Case<Double>) -> Void) -> GradientCheckError.Code? {
      var changed = problem
      change(&changed)
      return #expect(throws: GradientCheckError.self) { try BatchedCell(Cell.self, at: changed) }?
        .code
    }
    #expect(code { $0.batch.x = Tensor(zeros: [2, 2]) } == .shape)
    #expect(code { $0.batch.x = Tensor(zeros: []) } == .shape)
    #expect(code { $0.batch.initial["c"] = Tensor(zeros: [3, 2]) } == .shape)
    #expect(code { $0.batch.initial["c"] = Tensor(zeros: [2]) } == .shape)
    #expect(code { $0.upstream.sequence["h"] = Tensor(zeros: [2, 2]) } == .shape)
    #expect(code { $0.upstream.final["c"] = Tensor(zeros: [1, 2]) } == .shape)
    #expect(code { $0.batch.lengths = [1] } == .length)
    #expect(code { $0.batch.lengths = [1, 3] } == .length)
    #expect(code { $0.batch.lengths = [1, -1] } == .length)
  }

  @Test("what the cell refuses comes through")
  func cell() throws {
    var changed = problem
    changed.parameters["W_xi"] = Tensor(zeros: [1, 1])
    let subject = try BatchedCell(Cell.self, at: changed)
    #expect(throws: CellError.self) {
      try FiniteDifferences.check(subject, lossBound: 0) { _, _ in 0 }
    }
    changed = problem
    changed.upstream.sequence["h"] = Tensor(zeros: [2, 2, 5])
    let wide = try BatchedCell(Cell.self, at: changed)
    #expect(throws: CellError.self) {
      try FiniteDifferences.check(wide, lossBound: 0) { _, _ in 0 }
    }
    #expect(throws: GradientCheckError.self) {
      try wide.losses(of: [Change(quantity: .inputs("x"), index: 0, delta: 0)])
    }
  }

  @Test("a change of a number that the case does not have")
  func changes() throws {
    let subjects: [any DifferentiableSubject] = [
      try BatchedCell(Cell.self, at: problem), try PlainSubject(Cell.self, at: problem),
    ]
    for subject in subjects {
      for (quantity, index) in [
        (Quantity.parameter("W"), 0), (.parameter("b_i"), 2), (.parameter("b_i"), -1),
        (.inputs("x"), 8), (.initial("c"), 4), (.initial("s"), 0), (.sequence("h"), 0),
      ] {
        #expect(throws: GradientCheckError.self) {
          try subject.losses(of: [Change(quantity: quantity, index: index, delta: 1)])
        }
      }
      #expect(try subject.losses(of: []) == [])
    }
  }

  private func failure(of subject: some DifferentiableSubject) -> GradientCheckError.Code? {
    do {
      _ = try FiniteDifferences.check(subject, lossBound: 1) { _, _ in 1 }
      return nil
    } catch {
      return (error as? GradientCheckError)?.code
    }
  }
}
