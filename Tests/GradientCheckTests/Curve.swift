import GradientCheck
import Tensors

/// A subject of one parameter and a loss that is a function of it.
struct Curve: DifferentiableSubject {
  let problem: Case<Double>
  private let slope: Double
  private let loss: @Sendable (Double) -> Double

  /// A function at a point, with what is said to be its slope there.
  init(at point: Double, slope: Double, loss: @escaping @Sendable (Double) -> Double) {
    problem = Case(
      parameters: ["a": Tensor(shape: [1]) { _ in point }],
      batch: SequenceBatch(x: Tensor(zeros: [1, 1, 0]), initial: [:]),
      upstream: Upstream(sequence: [:], final: [:]))
    self.slope = slope
    self.loss = loss
  }

  var changesAtOnce: Int { 12 }

  func losses(of changes: [Change]) throws -> [Double] {
    changes.map { loss((problem.parameters["a"]?[0] ?? .nan) + $0.delta) }
  }

  func gradients() throws -> Answers<Double> {
    [.parameter("a"): Tensor(shape: [1]) { _ in slope }, .inputs("x"): problem.batch.x]
  }

  /// The verdict on the slope.
  func verdict(bound: Double = 0, tolerance: Double = 0) throws -> GradientReport.Element? {
    try FiniteDifferences.check(self, lossBound: bound) { _, _ in tolerance }.worst
  }
}
