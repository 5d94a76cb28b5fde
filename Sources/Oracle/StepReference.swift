import BallArithmetic
import Tensors

/// What each equation gives from a subject's own reported values, and how far rounding may take it.
public struct StepReference: Sendable {
  /// Each signal, signal's gradient and gradient, computed exactly from the reported operands and
  /// rounded to the nearest double.
  public let expected: Answers<Double>
  /// The errors per unit of each kind of rounding, with a leading axis of `RoundingKind`.
  public let scales: Answers<Float>
}

extension Reference {
  /// Takes one exact step from what a subject reports, at every step of a case.
  ///
  /// Every equation reads the subject's own signals (and, backward, its own gradients of signals) where it
  /// reports them, so that one wrong gate does not blame what is computed from it. What it does not
  /// report is computed on from what it does.
  ///
  /// - Parameters:
  ///   - report: the subject's signals as `.sequence` and their gradients as `.cotangent`, finite.
  ///   - forwardOnly: whether the steps of the backward pass are left out.
  /// - Throws: `OracleError` when the case does not fit the formulation, or a reported tensor does not fit
  ///   the case.
  public func steps(
    of problem: Case<Double>, from report: Answers<Double>, forwardOnly: Bool = false
  ) throws(OracleError) -> StepReference {
    let shapes = try reportShapes(for: problem)
    for (quantity, tensor) in report where shapes[quantity].map({ $0 != tensor.shape }) ?? false {
      throw OracleError(
        code: .shape,
        message: "the shape is \(tensor.shape), expected \(shapes[quantity] ?? [])",
        formulation: formulation.id, place: quantity.path)
    }
    let graph = try graph(
      of: problem, reported: Set(report.keys), forwardOnly: forwardOnly)
    // A reported double has 53 bits and a tolerance is far above 2^−100 of a value.
    let midpoints = BallEvaluation(precision: 192)
      .values(of: graph, case: problem, report: report).midpoints
    return StepReference(
      expected: graph.answers(midpoints), scales: graph.scales(of: problem, values: midpoints))
  }

  /// The shapes of what a subject may report of its signals and their gradients.
  ///
  /// - Throws: `OracleError` when the case does not fit the formulation.
  public func reportShapes(for problem: Case<Double>) throws(OracleError) -> [Quantity: [Int]] {
    let shape = try CaseShape(of: problem, for: formulation)
    var shapes: [Quantity: [Int]] = [:]
    for signal in formulation.signals {
      let extents = [
        formulation.steps(of: signal, in: shape.steps), shape.batch,
        shape.sizes[formulation.axis(of: signal)],
      ]
      shapes[.sequence(signal.name)] = extents
      shapes[.cotangent(signal.name)] = extents
    }
    return shapes
  }
}
