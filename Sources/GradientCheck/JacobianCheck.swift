import RecurrentCells
import Tensors

/// The full Jacobian of a cell, every output by every number, by its own backward pass and by differences
/// of its own forward pass, in float64.
///
/// Outputs are what a layer above reads, at every step, and the final states; numbers are the parameters,
/// the inputs and the initial states. Outputs of one sequence never depend on another's numbers, so that
/// one sequence is checked at a time, and its Jacobian is all that is held. The rows of a
/// step's outputs are one walk of the backward pass, from a cotangent of 1 at a unit each, and their sum is
/// compared with the backward pass of all outputs at once; of every number the column is one tile column a point of the
/// stencil, from the first step that the number reaches. An entry g is right where
///
///     |g − D| ≤ error of the stencil + rounding of the outputs in it + tolerance of g
///
/// with D the stencil's difference. NaN and infinity are never right.
public enum JacobianCheck {
  /// Checks every entry.
  ///
  /// - Parameters:
  ///   - cell: a cell with fused loops.
  ///   - parameters: its parameters.
  ///   - batch: the sequences.
  ///   - stencil: the points that a difference is taken of.
  ///   - outputBound: how far rounding may take an output of a right cell from the exact one.
  ///   - gradientTolerance: the same for an entry of the Jacobian.
  ///   - threads: how many threads share the work; the report is the same for any number.
  /// - Returns: nil where the cell has no fused loops; `FiniteDifferences` checks any subject.
  /// - Throws: `CellError` from the cell, `GradientCheckError` when a bound is negative or not finite.
  public static func check<Cell: FusedCell>(
    _ cell: Cell.Type, parameters: [String: Tensor<Double>], batch: SequenceBatch<Double>,
    stencil: Stencil, outputBound: Double, gradientTolerance: Double, threads: Int = coreCount
  ) throws -> JacobianReport? where Cell.Scalar == Double {
    try check(
      cell, parameters: parameters, batch: batch, stencil: stencil, outputBound: outputBound,
      gradientTolerance: gradientTolerance, threads: threads, changing: nil)
  }

  /// Changes what an output of a step has of the gradients of one tensor, before it is compared.
  package typealias Change =
    @Sendable (_ step: Int, _ quantity: Quantity, _ gradients: inout ArraySlice<Double>) -> Void

  /// The same with changed gradients.
  package static func check<Cell: FusedCell>(
    _ cell: Cell.Type, parameters: [String: Tensor<Double>], batch: SequenceBatch<Double>,
    stencil: Stencil, outputBound: Double, gradientTolerance: Double, threads: Int,
    changing change: Change?
  ) throws -> JacobianReport? where Cell.Scalar == Double {
    for (name, bound) in [
      ("outputBound", outputBound), ("gradientTolerance", gradientTolerance),
    ] where !(bound.isFinite && bound >= 0) {
      throw GradientCheckError(
        code: .bound, name: name, message: "found \(bound), expected a finite number from 0 on")
    }
    let cell = try Cell(ParameterSet(parameters))
    guard let passes = cell.fused else { return nil }
    _ = try cell.forward(batch)
    let sequences = (0..<batch.batch).filter { batch.length(of: $0) > 0 }.map { element in
      let sequence = batch.sequence(element)
      let columns = FusedColumns(passes, sequence: sequence)
      return (
        sequence: sequence, columns: columns,
        outputs: JacobianOutputs(cell: Cell.self, columns: columns),
        numbers: JacobianNumbers(parameters: parameters, sequence: sequence, element: element)
      )
    }
    let rows = JacobianRows(
      count: sequences.map(\.outputs.count).max() ?? 0,
      numbers: sequences.map(\.numbers.count).max() ?? 0)
    var report = JacobianReport()
    for (sequence, columns, outputs, numbers) in sequences {
      let analytic = try AnalyticJacobian(
        passes, sequence: sequence, outputs: outputs, numbers: numbers, in: rows,
        threads: threads, changing: change)
      let whole = try cell.backward(cell.forward(sequence), upstream: outputs.ones)
      report.add(
        try analytic.compared(
          with: numbers.row(of: whole), tolerance: gradientTolerance, threads: threads))
      let differences = JacobianDifferences(
        columns: columns, outputs: outputs, numbers: numbers, stencil: stencil,
        analytic: analytic,
        acceptance: stencil.rounding(of: outputBound) + gradientTolerance)
      let found = try concurrentMap(numbers.blocks.count, threads: threads) {
        differences.report(of: numbers.blocks[$0])
      }
      for own in found { report.add(own) }
      report.evaluations += numbers.count * stencil.points
    }
    return report
  }
}

/// The points around a number θ that a difference is taken of.
public enum Stencil: String, CaseIterable, Sendable {
  /// (E(θ+h) − E(θ−h)) ÷ 2h, h = 2^−17.
  ///
  /// Its error is taken to be at most |E(θ+h) − 2E(θ) + E(θ−h)| ÷ 2h, by how much it differs from either
  /// one-sided difference. Two evaluations.
  case central
  /// (8 (E(θ+h) − E(θ−h)) − (E(θ+2h) − E(θ−2h))) ÷ 12h, h = 2^−9.
  ///
  /// Its error is taken to be at most the difference from the same at 2h. Six evaluations.
  case fivePoint = "five-point"

  /// The steps away from θ, each by itself.
  var deltas: [Double] {
    switch self {
    case .central: [h, -h]
    case .fivePoint: [h, -h, 2 * h, -2 * h, 4 * h, -4 * h]
    }
  }

  /// How many evaluations a difference takes.
  public var points: Int { deltas.count }

  /// What errors of the outputs make of a difference and of its estimate.
  ///
  /// 1.5 e/h of a five-point difference and half of it of the one at 2h; e/h of a central one, and 2 e/h of
  /// the second difference.
  func rounding(of bound: Double) -> Double {
    switch self {
    case .central: 3 * bound / h
    case .fivePoint: 2.25 * bound / h
    }
  }

  private var h: Double {
    switch self {
    case .central: 0x1p-17
    case .fivePoint: 0x1p-9
    }
  }

  /// 1 ÷ 2h of a central difference.
  var centralScale: Double { 0.5 / h }

  /// 1 ÷ 12h of a five-point difference.
  var fivePointScale: Double { 1 / (12 * h) }
}
