import RecurrentCells
import Tensors

/// The differences of one block of numbers: every output of a sequence by each of them.
struct JacobianBlock {
  private let numbers: JacobianNumbers
  private let block: JacobianNumbers.Block
  private let outputs: JacobianOutputs
  /// By output a row of differences and one of their errors.
  private var values, errors: [Double]

  /// Runs the block's columns, a tile after the other.
  init(
    numbers: JacobianNumbers, block: JacobianNumbers.Block, columns: FusedColumns,
    outputs: JacobianOutputs, stencil: Stencil
  ) {
    self.numbers = numbers
    self.block = block
    self.outputs = outputs
    let (count, first) = (block.range.count, numbers.number(block.range.lowerBound).index)
    let atOnce = FusedColumns.width / stencil.points
    // Rows of a tile's numbers each, so that the last one has its place too.
    let rowCount = (count + atOnce - 1) / atOnce * atOnce
    values = Array(repeating: 0, count: outputs.count * rowCount)
    errors = values
    let tile = columns.makeTile()
    values.withUnsafeMutableBufferPointer { values in
      errors.withUnsafeMutableBufferPointer { errors in
        guard let values = values.baseAddress, let errors = errors.baseAddress else { return }
        for start in stride(from: 0, to: count, by: atOnce) {
          let places = (start..<start + atOnce).map { index in
            columns.place(of: block.quantity, index: first + min(index, count - 1))
          }
          let changes = stencil.deltas.flatMap { delta in
            places.compactMap { $0.map { ColumnChange($0, delta: delta) } }
          }
          columns.run(changes, from: block.start, in: tile) { step, signals in
            func take(_ letters: [(letter: String, signal: Int)], from output: Int) {
              for (place, (_, signal)) in letters.enumerated() {
                let unchanged = columns.unchanged(signal, step: step)
                for unit in 0..<outputs.units {
                  let row = (output + place * outputs.units + unit) * rowCount + start
                  stencil.differences(
                    of: signals[signal] + unit * FusedColumns.width,
                    unchanged: unchanged[unchanged.startIndex + unit], count: atOnce,
                    values: values + row, errors: errors + row)
                }
              }
            }
            take(outputs.sequence, from: outputs.first(at: step))
            if step == outputs.steps - 1 { take(outputs.final, from: outputs.first(at: step + 1)) }
          }
        }
      }
    }
  }

  /// The verdicts on the rows of the backward pass, of the outputs that the block's numbers reach.
  func compared(with analytic: AnalyticJacobian, acceptance: Double) -> JacobianReport {
    var report = JacobianReport()
    let (count, rowCount) = (block.range.count, values.count / max(outputs.count, 1))
    var (worstDifference, worstAcceptance) = (0.0, 1.0)
    var worst: (output: Int, index: Int)?
    for output in outputs.first(at: block.start)..<outputs.count {
      analytic.rows[output].withUnsafeBufferPointer { own in
        values.withUnsafeBufferPointer { values in
          errors.withUnsafeBufferPointer { errors in
            let (first, row) = (block.range.lowerBound, output * rowCount)
            for index in 0..<count {
              let difference = (own[first + index] - values[row + index]).magnitude
              let accepted = errors[row + index] + acceptance
              if !(difference <= accepted) { report.failures += 1 }
              if !(difference * worstAcceptance <= worstDifference * accepted) {
                (worstDifference, worstAcceptance) = (difference, accepted)
                worst = (output, index)
              }
            }
          }
        }
      }
    }
    report.entries = (outputs.count - outputs.first(at: block.start)) * count
    report.worst = worst.map { output, index in
      let place = output * rowCount + index
      let number = numbers.number(block.range.lowerBound + index)
      return JacobianReport.Entry(
        element: numbers.element, output: outputs.output(output).quantity,
        outputIndex: outputs.output(output).index, quantity: number.quantity, index: number.index,
        analytic: analytic.rows[output][block.range.lowerBound + index],
        difference: values[place], acceptance: errors[place] + acceptance)
    }
    return report
  }
}

extension FusedColumns {
  /// Where a number acts; nil for one that is no parameter, input or initial state.
  fileprivate func place(of quantity: Quantity, index: Int) -> ColumnChange.Place? {
    switch quantity {
    case .parameter(let name): place(parameter: name, index: index)
    case .inputs: place(x: index)
    case .initial(let name): place(initial: name, unit: index)
    case .sequence, .final, .cotangent: nil
    }
  }
}
