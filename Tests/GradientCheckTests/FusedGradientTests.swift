import DonahueLSTM
import GRU
import RecurrentCells
import Tensors
import Testing

@Suite("Fused passes back")
struct FusedGradientTests {
  static let sizes =
    JacobianTests.sizes + [
      Sizes(input: 25, hidden: 24, steps: 3, batch: 9, regime: .saturated)
    ]

  @Test("are the passes step by step, to the rounding of both", arguments: sizes)
  func same(sizes: Sizes) throws {
    func check<Cell: FusedCell<Double>>(_ type: Cell.Type) throws {
      let problem = Sample(sizes: sizes, seed: 2).problem(for: type)
      let bound = try 2 * LossBound(of: type, at: problem).value
      let cell = try Cell(ParameterSet(problem.parameters))
      let trace = try cell.forward(problem.batch)
      for truncation in [nil, try Truncation(every: 2)] {
        let fused = try cell.backward(
          trace, upstream: problem.upstream, truncation: truncation)
        let stepwise = try cell.stepwiseBackward(
          trace, upstream: problem.upstream, truncation: truncation)
        #expect(fused.furthest(from: stepwise) <= bound)
        #expect(fused.signals.keys == stepwise.signals.keys)
        #expect(fused.parameters.keys == stepwise.parameters.keys)
      }
    }
    for cell in JacobianTests.cells { try check(cell) }
  }

  @Test("with gates of another cell are found out")
  func wrong() throws {
    typealias Cell = DonahueLSTMCell<Double>
    let problem = Sample(sizes: Sizes(), seed: 2).problem(for: Cell.self)
    let bound = try 2 * LossBound(of: Cell.self, at: problem).value
    var exchanged = problem.parameters
    exchanged["W_hi"] = problem.parameters["W_hf"]
    exchanged["W_hf"] = problem.parameters["W_hi"]
    let cell = try Cell(ParameterSet(problem.parameters))
    let trace = try cell.forward(problem.batch)
    let wrong = try Cell(ParameterSet(exchanged)).backward(trace, upstream: problem.upstream)
    let right = try cell.stepwiseBackward(trace, upstream: problem.upstream, truncation: nil)
    #expect(wrong.furthest(from: right) > bound)
  }
}

extension Gradients<Double> {
  /// The largest difference from other gradients, infinite where one is no number or missing.
  fileprivate func furthest(from other: Gradients) -> Double {
    let pairs =
      [(x, Optional(other.x))] + parameters.map { ($1, other.parameters[$0]) }
      + initial.map { ($1, other.initial[$0]) } + signals.map { ($1, other.signals[$0]) }
    return pairs.flatMap { own, other in
      zip(own.scalars, other?.scalars ?? own.scalars.map { _ in .nan }).map { own, other in
        own == other ? 0 : (own - other).magnitude
      }
    }.reduce(0) { $1.isNaN ? .infinity : max($0, $1) }
  }
}
