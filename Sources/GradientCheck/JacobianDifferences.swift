import RecurrentCells
import Tensors

/// The differences of one block of numbers at a time: every output of a sequence by each of them.
struct JacobianDifferences {
  private let columns: FusedColumns
  private let outputs: JacobianOutputs
  private let numbers: JacobianNumbers
  private let stencil: Stencil
  /// By output a row of differences and one of their errors.
  private var values, errors: [Double]
  private var block = JacobianNumbers.Block(quantity: .inputs("x"), range: 0..<0, start: 0)

  /// Room for the largest block.
  init(
    _ columns: FusedColumns, outputs: JacobianOutputs, numbers: JacobianNumbers, stencil: Stencil
  ) {
    self.columns = columns
    self.outputs = outputs
    self.numbers = numbers
    self.stencil = stencil
    let longest = numbers.blocks.map(\.range.count).max() ?? 0
    values = Array(repeating: 0, count: outputs.count * Self.rowCount(longest, stencil))
    errors = values
  }

  /// A row has place for whole tiles.
  private static func rowCount(_ numbers: Int, _ stencil: Stencil) -> Int {
    let atOnce = FusedColumns.width / stencil.points
    return (numbers + atOnce - 1) / atOnce * atOnce
  }

  /// Runs the columns of a block, a tile after the other.
  mutating func run(_ block: JacobianNumbers.Block) {
    self.block = block
    let (count, first) = (block.range.count, numbers.number(block.range.lowerBound).index)
    let atOnce = FusedColumns.width / stencil.points
    let rowCount = Self.rowCount(count, stencil)
    let tile = columns.makeTile()
    values.withUnsafeMutableBufferPointer { values in
      errors.withUnsafeMutableBufferPointer { errors in
        guard let values = values.baseAddress, let errors = errors.baseAddress else { return }
        for start in stride(from: 0, to: count, by: atOnce) {
          let places = (start..<start + atOnce).compactMap { index in
            columns.place(of: block.quantity, index: first + min(index, count - 1))
          }
          let changes = stencil.deltas.flatMap { delta in
            places.map { ColumnChange($0, delta: delta) }
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
    let (count, rowCount) = (block.range.count, Self.rowCount(block.range.count, stencil))
    let reached = outputs.first(at: block.start)..<outputs.count
    values.withUnsafeBufferPointer { values in
      errors.withUnsafeBufferPointer { errors in
        for output in reached {
          analytic.rows[output].withUnsafeBufferPointer { rows in
            guard let rows = rows.baseAddress, let values = values.baseAddress,
              let errors = errors.baseAddress
            else { return }
            let row = Row(
              analytic: rows + block.range.lowerBound, values: values + output * rowCount,
              errors: errors + output * rowCount, count: count, acceptance: acceptance)
            report.add(row, worseThan: report.worst?.ratio ?? -1) { index, accepted in
              let number = numbers.number(block.range.lowerBound + index)
              let (quantity, place) = outputs.output(output)
              return JacobianReport.Entry(
                element: numbers.element, output: quantity, outputIndex: place,
                quantity: number.quantity, index: number.index, analytic: row.analytic[index],
                difference: row.values[index], acceptance: accepted)
            }
          }
        }
      }
    }
    report.entries = reached.count * count
    return report
  }
}

/// The entries of one output by one block of numbers.
private struct Row {
  let analytic, values, errors: UnsafePointer<Double>
  let count: Int
  let acceptance: Double

  /// The largest ratio of a difference to what is accepted, if all are numbers and none is above 1.
  ///
  /// Eight at a time; the last ones by themselves.
  var largestRatio: Double? {
    typealias Eight = SIMD8<Double>
    func eight(_ numbers: UnsafePointer<Double>, _ index: Int) -> Eight {
      UnsafeRawPointer(numbers + index).loadUnaligned(as: Eight.self)
    }
    var largest = Eight.zero
    var right = SIMDMask<SIMD8<Int64>>(repeating: true)
    let whole = count / 8 * 8
    for index in stride(from: 0, to: whole, by: 8) {
      let difference = eight(analytic, index) - eight(values, index)
      let size = difference.replacing(with: -difference, where: difference .< 0)
      let ratio = size / (eight(errors, index) + acceptance)
      right = right .& (ratio .<= 1)
      largest = largest.replacing(with: ratio, where: ratio .> largest)
    }
    guard all(right) else { return nil }
    var result = largest.max()
    for index in whole..<count {
      let own = ratio(index)
      guard own <= 1 else { return nil }
      result = max(result, own)
    }
    return result
  }

  func ratio(_ index: Int) -> Double {
    (analytic[index] - values[index]).magnitude / (errors[index] + acceptance)
  }
}

extension JacobianReport {
  /// Adds a row's verdicts, one by one only where some is wrong or the worst so far.
  fileprivate mutating func add(
    _ row: Row, worseThan worstSoFar: Double, entry: (_ index: Int, _ accepted: Double) -> Entry
  ) {
    if let largest = row.largestRatio, largest <= worstSoFar { return }
    var worstSoFar = worstSoFar
    for index in 0..<row.count {
      let own = entry(index, row.errors[index] + row.acceptance)
      if !(own.ratio <= 1) { failures += 1 }
      if own.ratio > worstSoFar { (worstSoFar, worst) = (own.ratio, own) }
    }
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
