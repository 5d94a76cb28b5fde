import CDifferences
import RecurrentCells
import Tensors

/// The Jacobian of one sequence by the cell's backward pass, a row for every output.
struct AnalyticJacobian: Sendable {
  let rows: JacobianRows
  private let outputs: JacobianOutputs
  private let numbers: JacobianNumbers

  /// One walk back for the outputs of each step, over no more steps than lead to it.
  ///
  /// - Parameter rows: where they are written, over what was there.
  init(
    _ passes: FusedPasses<Double>, sequence: SequenceBatch<Double>, outputs: JacobianOutputs,
    numbers: JacobianNumbers, in rows: JacobianRows, threads: Int,
    changing change: JacobianCheck.Change?
  ) throws {
    (self.rows, self.outputs, self.numbers) = (rows, outputs, numbers)
    let places = Dictionary(uniqueKeysWithValues: numbers.tensors.map { ($0.quantity, $0.range) })
    let steps = sequence.steps
    // The last steps first: they take longest.
    _ = try concurrentMap(steps + 1, threads: threads) { place in
      let isFinal = place == 0
      let step = isFinal ? steps - 1 : steps - place
      let prefix = sequence.prefix(step + 1)
      for (order, own) in (isFinal ? outputs.final : outputs.sequence).enumerated() {
        let first = outputs.first(at: isFinal ? steps : step) + order * outputs.units
        passes.write(
          rowsOf: own.letter, isFinal: isFinal, sequence: prefix, tensors: places,
          to: rows.row(first), stride: rows.stride)
        guard let change else { continue }
        for row in 0..<outputs.units {
          for (quantity, range) in numbers.tensors {
            let own = UnsafeMutableBufferPointer(
              start: rows.row(first + row) + range.lowerBound, count: range.count)
            var gradients = Array(own)[...]
            change(step, quantity, &gradients)
            _ = own.update(from: gradients)
          }
        }
      }
    }
  }

  /// The gradients of an output by the numbers from one on.
  func row(_ output: Int, from number: Int) -> UnsafePointer<Double> {
    UnsafePointer(rows.row(output) + number)
  }

  /// Whether a gradient of the sum of all outputs is the sum of their rows.
  ///
  /// The gradient is by the cell's own backward pass, which nothing but this ties the rows to. It and every
  /// row may be off by the tolerance, and the sum by its own rounding.
  func compared(
    with whole: [Double], tolerance: Double, threads: Int
  ) throws -> JacobianReport {
    // So many numbers that their sums stay in the cache while the rows go by.
    let together = 1024
    let found = try concurrentMap((whole.count + together - 1) / together, threads: threads) {
      let range = $0 * together..<min(($0 + 1) * together, whole.count)
      return compared(with: whole, range, tolerance: tolerance)
    }
    return found.reduce(into: JacobianReport()) { $0.add($1) }
  }

  private func compared(
    with whole: [Double], _ range: Range<Int>, tolerance: Double
  ) -> JacobianReport {
    var (sums, sizes) = (
      [Double](repeating: 0, count: range.count), [Double](repeating: 0, count: range.count)
    )
    for output in 0..<outputs.count {
      add_with_sizes(range.count, row(output, from: range.lowerBound), &sums, &sizes)
    }
    var report = JacobianReport()
    let count = Double(outputs.count)
    for (place, number) in range.enumerated() {
      let (quantity, index) = numbers.number(number)
      report.add(
        JacobianReport.Entry(
          element: numbers.element, output: nil, outputIndex: 0, quantity: quantity, index: index,
          analytic: whole[number], difference: sums[place],
          acceptance: (count + 1) * tolerance + count * Double.ulpOfOne * sizes[place]))
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
