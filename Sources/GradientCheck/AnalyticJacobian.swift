import RecurrentCells
import Tensors

/// The Jacobian of one sequence by the cell's backward pass, a row for every output.
struct AnalyticJacobian: Sendable {
  /// By output the row, in the order of the numbers.
  let rows: [[Double]]

  /// One walk back for the outputs of each step, over no more steps than lead to it.
  init(
    _ passes: FusedPasses<Double>, sequence: SequenceBatch<Double>, outputs: JacobianOutputs,
    numbers: JacobianNumbers, threads: Int, changing change: JacobianCheck.Change?
  ) throws {
    let places = Dictionary(uniqueKeysWithValues: numbers.tensors.map { ($0.quantity, $0.first) })
    let steps = sequence.steps
    // The last steps first: they take longest.
    let found = try concurrentMap(steps + 1, threads: threads) { place -> [[Double]] in
      let (step, letters) =
        place == 0 ? (steps - 1, outputs.final) : (steps - place, outputs.sequence)
      let prefix = sequence.prefix(step + 1)
      var rows = letters.flatMap { letter, _ in
        passes.rows(
          of: letter, isFinal: place == 0, sequence: prefix, tensors: places, count: numbers.count)
      }
      if let change {
        for row in rows.indices {
          for (quantity, first, count) in numbers.tensors {
            change(step, quantity, &rows[row][first..<first + count])
          }
        }
      }
      return rows
    }
    rows = found.dropFirst().reversed().flatMap { $0 } + (found.first ?? [])
  }

  /// Whether a gradient of the sum of all outputs is the sum of their rows.
  ///
  /// The gradient is by the cell's own backward pass, which nothing but this ties the rows to. It and every
  /// row may be off by the tolerance, and the sum by its own rounding.
  func compared(
    with whole: [Double], numbers: JacobianNumbers, tolerance: Double
  ) -> JacobianReport {
    var (sums, sizes) = (
      [Double](repeating: 0, count: whole.count), [Double](repeating: 0, count: whole.count)
    )
    for row in rows {
      for place in row.indices {
        sums[place] += row[place]
        sizes[place] += row[place].magnitude
      }
    }
    var report = JacobianReport()
    let count = Double(rows.count)
    for place in whole.indices {
      let (quantity, index) = numbers.number(place)
      let entry = JacobianReport.Entry(
        element: numbers.element, output: nil, outputIndex: 0, quantity: quantity, index: index,
        analytic: whole[place], difference: sums[place],
        acceptance: (count + 1) * tolerance + count * Double.ulpOfOne * sizes[place])
      if !(entry.ratio <= 1) { report.failures += 1 }
      if entry.ratio > report.worst?.ratio ?? -1 { report.worst = entry }
    }
    return report
  }
}

extension SequenceBatch<Double> {
  /// The first steps of a batch of one.
  fileprivate func prefix(_ steps: Int) -> SequenceBatch {
    SequenceBatch(x: Tensor(shape: [steps, batch, inputSize]) { x[$0] }, initial: initial)
  }
}
