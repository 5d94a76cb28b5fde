import GradientCheck
import RecurrentCells
import Tensors

/// How far rounding may take the loss of a right cell from the exact one: a simple bound, to first order.
///
/// Every signal of a step comes of at most I + H + 3 roundings in sums of products, 4 gates of 8 in an
/// activation and 4 in products of signals. Each is at most u times the largest sum of magnitudes that the
/// step can form, A, and reaches the loss through the gradients with respect to the signals of its own
/// step, a gate's times at most the largest signal, S; A is at least S. The products with N cotangents are one sum.
///
///     e = u (I + H + 40) A max(1, S) Σ_{t,b} Σ_signals |∂E/∂signal| + u N Σ |cotangent · signal|
///
/// The backward pass has as many roundings on the same magnitudes, so that e serves as the tolerance of a
/// gradient, too.
struct LossBound {
  /// e.
  let value: Double

  /// A wider bound at a case of any cell, composed or not.
  ///
  /// Its A takes the largest row of all matrices for each of them, its number of roundings the longest.
  init<Cell: ComposableCell>(composed type: Cell.Type, at problem: Case<Double>) throws
  where Cell.Scalar == Double {
    let cell = try Cell(ParameterSet(problem.parameters))
    let trace = try cell.forward(problem.batch)
    let gradients = try cell.backward(trace, upstream: problem.upstream)
    let signal = max(
      1, trace.signals.values.largest, problem.batch.initial.values.largest,
      [problem.batch.x].largest)
    let matrices = problem.parameters.values.filter { $0.shape.count == 2 }
    let vectors = problem.parameters.values.filter { $0.shape.count == 1 }
    let row = max(1, matrices.largestRow)
    let longest = matrices.map { $0.shape[1] }.max() ?? 0
    value = Self.bound(
      sum: row * (2 * row * signal + vectors.largestRow), signal: signal,
      terms: 2 * longest, problem, trace, gradients)
  }

  /// e of its parts.
  private static func bound(
    sum: Double, signal: Double, terms: Int, _ problem: Case<Double>,
    _ trace: some ForwardTrace<Double>, _ gradients: Gradients<Double>
  ) -> Double {
    var products: [Double] = []
    for (cotangents, values) in [
      (problem.upstream.sequence, trace.signals), (problem.upstream.final, trace.final),
    ] {
      for (name, cotangent) in cotangents {
        products += zip(cotangent.scalars, values[name]?.scalars ?? []).map { ($0 * $1).magnitude }
      }
    }
    let reach = gradients.signals.values.flatMap(\.scalars).reduce(0) { $0 + $1.magnitude }
    let roundings = Double(terms + 40)
    return Double.ulpOfOne / 2
      * (roundings * sum * max(1, signal) * reach + Double(products.count) * products.reduce(0, +))
  }

  /// The bound at a case.
  ///
  /// - Parameter largestSignal: the S of a cell whose gates multiply only signals that are known to be
  ///   small; else S is the largest signal that there is, and at least 1.
  init<Cell: StepwiseCell>(
    of type: Cell.Type, at problem: Case<Double>, largestSignal: Double? = nil
  ) throws where Cell.Scalar == Double {
    let cell = try Cell(ParameterSet(problem.parameters))
    let trace = try cell.forward(problem.batch)
    let gradients = try cell.backward(trace, upstream: problem.upstream)

    let signal =
      largestSignal
      ?? max(1, trace.signals.values.largest, problem.batch.initial.values.largest)
    func row(_ shape: ParameterShape) -> Double {
      problem.parameters.filter { Cell.parameterShapes[$0.key] == shape }.values.largestRow
    }
    let sum =
      max(1, row(.recurrent))
      * (row(.input) * [problem.batch.x].largest + max(1, row(.recurrent)) * signal + row(.bias))

    value = Self.bound(
      sum: sum, signal: signal, terms: cell.parameters.inputSize + cell.parameters.hiddenSize,
      problem, trace, gradients)
  }
}

extension Collection where Element == Tensor<Double> {
  fileprivate var largest: Double { flatMap { $0.scalars.map(\.magnitude) }.reduce(0, Swift.max) }

  /// The largest sum of the magnitudes of a row; of a bias the largest magnitude.
  fileprivate var largestRow: Double {
    flatMap { tensor in
      let width = tensor.shape.dropFirst().reduce(1, *)
      return stride(from: 0, to: tensor.count, by: width).map { start in
        tensor.scalars[start..<start + width].reduce(0) { $0 + $1.magnitude }
      }
    }.reduce(0, Swift.max)
  }
}

/// Checks a subject with one bound for its losses and its gradients.
func gradientReport(
  on subject: some DifferentiableSubject, bound: LossBound
) throws -> GradientReport {
  try FiniteDifferences.check(subject, lossBound: bound.value) { _, _ in bound.value }
}
