import CDifferences
import RecurrentCells
import Tensors

/// The differences of one sequence's outputs by its numbers, beside the rows of the backward pass.
struct JacobianDifferences: Sendable {
  let columns: FusedColumns
  let outputs: JacobianOutputs
  let numbers: JacobianNumbers
  let stencil: Stencil
  let analytic: AnalyticJacobian
  /// What a right gradient may be off besides the error of its difference.
  let acceptance: Double

  /// The verdicts on every output by a block of numbers.
  ///
  /// A tile of columns after the other; an output is compared while it is in the cache.
  func report(of block: JacobianNumbers.Block) -> JacobianReport {
    var report = JacobianReport()
    let atOnce = FusedColumns.width / stencil.points
    let tile = columns.makeTile()
    for first in stride(from: block.range.lowerBound, to: block.range.upperBound, by: atOnce) {
      let own = first..<min(first + atOnce, block.range.upperBound)
      let places = own.compactMap { number in
        columns.place(of: block.quantity, index: numbers.number(number).index)
      }
      let changes = stencil.deltas.flatMap { delta in
        places.map { ColumnChange($0, delta: delta) }
      }
      columns.run(changes, from: block.start, in: tile) { step, signals in
        func compareEach(_ letters: [(letter: String, signal: Int)], from output: Int) {
          for (order, letter) in letters.enumerated() {
            compare(
              signals[letter.signal], columns.unchanged(letter.signal, step: step),
              from: output + order * outputs.units, by: own, &report)
          }
        }
        compareEach(outputs.sequence, from: outputs.first(at: step))
        if step == outputs.steps - 1 {
          compareEach(outputs.final, from: outputs.first(at: step + 1))
        }
      }
    }
    report.entries = (outputs.count - outputs.first(at: block.start)) * block.range.count
    return report
  }

  /// Compares one signal of a step [H,columns], of which the columns of a point stand side by side.
  private func compare(
    _ signal: UnsafePointer<Double>, _ unchanged: ArraySlice<Double>, from output: Int,
    by own: Range<Int>, _ report: inout JacobianReport
  ) {
    unchanged.withUnsafeBufferPointer { unchanged in
      guard let unchanged = unchanged.baseAddress else { return }
      let beside = differences_of_signal(
        outputs: signal, width: FusedColumns.width, between: own.count, unchanged: unchanged,
        gradients: analytic.row(output, from: own.lowerBound), stride: analytic.rows.stride,
        units: outputs.units, numbers: own.count)
      var unit = 0
      while true {
        // Those that are right and not the worst so far need not be looked at one by one.
        unit = stencil.firstUnit(
          of: beside, from: unit, acceptance: acceptance,
          share: min(report.worst?.ratio ?? -1, 1))
        guard unit < outputs.units else { return }
        for (place, number) in own.enumerated() {
          add(beside, unit: unit, place: place, output: output + unit, number: number, to: &report)
        }
        unit += 1
      }
    }
  }

  private func add(
    _ beside: differences_of_signal, unit: Int, place: Int, output: Int, number: Int,
    to report: inout JacobianReport
  ) {
    let (difference, error) = stencil.difference(beside, unit: unit, place: place)
    let (quantity, index) = numbers.number(number)
    let (outputQuantity, outputIndex) = outputs.output(output)
    report.add(
      JacobianReport.Entry(
        element: numbers.element, output: outputQuantity, outputIndex: outputIndex,
        quantity: quantity, index: index,
        analytic: beside.gradients[unit * beside.stride + place], difference: difference,
        acceptance: error + acceptance))
  }
}

extension Stencil {
  /// The first unit from one on of which some gradient is off by more than a share of what is accepted.
  fileprivate func firstUnit(
    of signal: differences_of_signal, from first: Int, acceptance: Double, share: Double
  ) -> Int {
    withUnsafePointer(to: signal) { signal in
      switch self {
      case .central: central_differences_beyond(signal, first, centralScale, acceptance, share)
      case .fivePoint:
        five_point_differences_beyond(signal, first, fivePointScale, acceptance, share)
      }
    }
  }

  /// The difference by one number, and what its error may be.
  fileprivate func difference(
    _ signal: differences_of_signal, unit: Int, place: Int
  ) -> (value: Double, error: Double) {
    let outputs = signal.outputs + unit * signal.width + place
    func output(_ point: Int) -> Double { outputs[point * signal.between] }
    switch self {
    case .central:
      let unchanged = signal.unchanged[unit]
      let bend = (output(0) - unchanged) + (output(1) - unchanged)
      return ((output(0) - output(1)) * centralScale, bend.magnitude * centralScale)
    case .fivePoint:
      let (near, middle, far) = (
        output(0) - output(1), output(2) - output(3), output(4) - output(5)
      )
      let value = (8 * near - middle) * fivePointScale
      return (value, (value - (8 * middle - far) * (fivePointScale / 2)).magnitude)
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
