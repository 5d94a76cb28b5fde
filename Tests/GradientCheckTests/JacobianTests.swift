import DonahueLSTM
import GRU
import GradientCheck
import RecurrentCells
import Tensors
import Testing

@Suite("Full Jacobians")
struct JacobianTests {
  static let sizes = [
    Sizes(input: 3, hidden: 4, steps: 5, batch: 2), Sizes(input: 9, hidden: 13, steps: 2, batch: 1),
    Sizes(input: 2, hidden: 1, steps: 1, batch: 3),
    Sizes(input: 3, hidden: 4, steps: 5, batch: 4, lengths: [4, 1, 0, 5]),
  ]
  static let cells: [any FusedCell<Double>.Type] = [
    DonahueLSTMCell<Double>.self, CS224dGRUCell<Double, CS224dGRUReading.Canonical>.self,
  ]

  @Test("no entry of a right cell is wrong", arguments: sizes, Stencil.allCases)
  func right(sizes: Sizes, stencil: Stencil) throws {
    func check<Cell: FusedCell<Double>>(_ cell: Cell.Type) throws {
      let problem = Sample(sizes: sizes, seed: 3).problem(for: cell)
      let bound = try Self.bound(of: cell, at: problem)
      func checked(threads: Int) throws -> JacobianReport {
        try jacobianReport(of: cell, at: problem, stencil: stencil, bound: bound, threads: threads)
      }
      let report = try checked(threads: 1)
      #expect(!report.departs, "\(report)")
      #expect(try checked(threads: 2) == report)
      var (entries, evaluations) = (0, 0)
      let parameters = problem.parameters.values.map(\.count).reduce(0, +)
      let later = Cell.states.count - 1
      for element in 0..<sizes.batch where problem.batch.length(of: element) > 0 {
        let steps = problem.batch.length(of: element)
        let always = parameters + Cell.states.count * sizes.hidden
        entries += always * (steps + later) * sizes.hidden
        for step in 0..<steps {
          entries += sizes.input * (steps - step + later) * sizes.hidden
        }
        evaluations += (always + steps * sizes.input) * stencil.points
      }
      #expect(report.entries == entries)
      #expect(report.evaluations == evaluations)
    }
    for cell in Self.cells { try check(cell) }
  }

  @Test("one entry off by 1e-6 is found and named, of every tensor", arguments: Stencil.allCases)
  func wrong(stencil: Stencil) throws {
    typealias Cell = DonahueLSTMCell<Double>
    let problem = Sample(sizes: Sizes(), seed: 3).problem(for: Cell.self)
    let names = problem.parameters.keys.map { Quantity.parameter($0) }
    // A central difference at h = 2⁻¹⁷ resolves about h itself.
    let error = stencil == .central ? 1e-3 : 1e-6
    for quantity in names + [.inputs("x"), .initial("c"), .initial("h")] {
      let report = try jacobianReport(
        of: Cell.self, at: problem, stencil: stencil, threads: 1,
        changing: { step, own, gradients in
          guard step == problem.batch.steps - 1, own == quantity else { return }
          gradients[gradients.startIndex] += error
        })
      #expect(report.departs)
      #expect(report.worst?.quantity == quantity && report.worst?.index == 0)
    }
  }

  @Test("a number that is none is never right")
  func none() throws {
    typealias Cell = DonahueLSTMCell<Double>
    let problem = Sample(sizes: Sizes(), seed: 3).problem(for: Cell.self)
    let report = try jacobianReport(
      of: Cell.self, at: problem, stencil: .fivePoint, threads: 1,
      changing: { _, quantity, gradients in
        if quantity == .parameter("b_i") { gradients[gradients.startIndex + 1] = .nan }
      })
    #expect(report.departs && report.worst?.ratio == .infinity)
  }

  @Test("a bound that is none, and a cell without fused loops")
  func refused() throws {
    typealias Cell = CS224dGRUCell<Double, CS224dGRUReading.ResetBefore>
    let problem = Sample(sizes: Sizes(), seed: 3).problem(for: Cell.self)
    func check(_ bound: Double) throws -> JacobianReport? {
      try JacobianCheck.check(
        Cell.self, parameters: problem.parameters, batch: problem.batch, stencil: .central,
        outputBound: bound, gradientTolerance: 0)
    }
    #expect(try check(0) == nil)
    #expect(throws: GradientCheckError.self) { try check(-1) }
    #expect(throws: GradientCheckError.self) { try check(.nan) }
  }

  @Test("a backward pass of its own that is wrong is found out")
  func ownBackward() throws {
    let problem = Sample(sizes: Sizes(), seed: 3).problem(for: Doubled.self)
    let report = try jacobianReport(
      of: Doubled.self, at: problem, stencil: .fivePoint, threads: 1)
    #expect(report.departs)
    #expect(report.worst?.output == nil && report.worst?.quantity == .parameter("b_f"))
  }

  private func jacobianReport<Cell: FusedCell<Double>>(
    of cell: Cell.Type, at problem: Case<Double>, stencil: Stencil, bound: Double? = nil,
    threads: Int, changing change: JacobianCheck.Change? = nil
  ) throws -> JacobianReport {
    let bound = try bound ?? Self.bound(of: cell, at: problem)
    let report = try JacobianCheck.check(
      cell, parameters: problem.parameters, batch: problem.batch, stencil: stencil,
      outputBound: bound, gradientTolerance: bound, threads: threads, changing: change)
    return try #require(report)
  }

  /// A bound for the loss that sums all outputs, which is one for each of them.
  private static func bound<Cell: FusedCell<Double>>(
    of cell: Cell.Type, at problem: Case<Double>
  ) throws -> Double {
    var ones = problem
    ones.upstream = Upstream(
      sequence: Dictionary(
        uniqueKeysWithValues: Cell.hiddenOutputs.map {
          let units = problem.batch.initial[$0]?.shape[1] ?? 0
          return (
            $0, Tensor(shape: [problem.batch.steps, problem.batch.batch, units]) { _ in 1 }
          )
        }),
      final: problem.batch.initial.mapValues { Tensor(shape: $0.shape) { _ in 1 } })
    return try LossBound(of: cell, at: ones).value
  }
}

/// The LSTM whose own backward pass has twice the gradient of a bias.
private struct Doubled: FusedCell {
  private let right: DonahueLSTMCell<Double>

  init(_ parameters: ParameterSet<Double>) throws(CellError) {
    right = try DonahueLSTMCell(parameters)
  }

  static var parameterShapes: [String: ParameterShape] { DonahueLSTMCell<Double>.parameterShapes }
  static var signals: [String] { DonahueLSTMCell<Double>.signals }
  static var states: [String] { DonahueLSTMCell<Double>.states }
  static var hiddenOutputs: [String] { DonahueLSTMCell<Double>.hiddenOutputs }
  static var fusedGates: FusedGates? { DonahueLSTMCell<Double>.fusedGates }
  var parameters: CellParameters<Double> { right.parameters }

  func step(_ x: Batch<Double>, after previous: Signals<Double>) -> Signals<Double> {
    right.step(x, after: previous)
  }

  func stepBack(
    _ step: BackwardStep<Double>, adding gradients: inout ParameterGradients<Double>
  ) -> StepGradients<Double> {
    right.stepBack(step, adding: &gradients)
  }

  func backward(
    _ trace: SequenceTrace<Double>, upstream: Upstream<Double>, truncation: Truncation?
  ) throws(CellError) -> Gradients<Double> {
    var gradients = try right.backward(trace, upstream: upstream, truncation: truncation)
    gradients.parameters["b_f"] = gradients.parameters["b_f"]?.map { 2 * $0 }
    return gradients
  }
}
