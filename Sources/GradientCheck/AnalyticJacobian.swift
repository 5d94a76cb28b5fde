import RecurrentCells
import Tensors

/// The Jacobian of one sequence by the cell's backward pass, a row for every output.
struct AnalyticJacobian: Sendable {
  /// By output the row, in the order of the numbers.
  let rows: [[Double]]

  /// One backward pass for every output, over no more steps than lead to it.
  init(
    _ passes: FusedPasses<Double>, sequence: SequenceBatch<Double>, outputs: JacobianOutputs,
    numbers: JacobianNumbers, threads: Int,
    changing change: (@Sendable (_ step: Int, _ gradients: inout Gradients<Double>) -> Void)?
  ) throws {
    let steps = sequence.steps
    // The last steps first: they take longest.
    let found = try concurrentMap(steps + 1, threads: threads) { place -> [[Double]] in
      let (step, letters) =
        place == 0 ? (steps - 1, outputs.final) : (steps - place, outputs.sequence)
      let trace = passes.forward(sequence.prefix(step + 1))
      var rows: [[Double]] = []
      for (letter, _) in letters {
        var cotangent = Tensor<Double>(
          zeros: place == 0 ? [1, outputs.units] : [step + 1, 1, outputs.units])
        for unit in 0..<outputs.units {
          let position = cotangent.count - outputs.units + unit
          cotangent[position] = 1
          let upstream =
            place == 0
            ? Upstream<Double>(sequence: [:], final: [letter: cotangent])
            : Upstream<Double>(sequence: [letter: cotangent], final: [:])
          var gradients = passes.backward(trace, upstream: upstream)
          change?(step, &gradients)
          rows.append(numbers.row(of: gradients))
          cotangent[position] = 0
        }
      }
      return rows
    }
    rows = found.dropFirst().reversed().flatMap { $0 } + (found.first ?? [])
  }
}

extension JacobianNumbers {
  /// The gradients of one output, numbers of later steps being 0.
  fileprivate func row(of gradients: Gradients<Double>) -> [Double] {
    Array(unsafeUninitializedCapacity: count) { row, initialized in
      for (quantity, first, count) in tensors {
        let gradient =
          switch quantity {
          case .parameter(let name): gradients.parameters[name]
          case .initial(let name): gradients.initial[name]
          case .inputs, .sequence, .final, .cotangent: gradients.x as Tensor?
          }
        let known = min(gradient?.count ?? 0, count)
        gradient?.withUnsafeScalars { numbers in
          for index in 0..<known { row[first + index] = numbers[index] }
        }
        for index in known..<count { row[first + index] = 0 }
      }
      initialized = count
    }
  }
}

extension SequenceBatch<Double> {
  /// The first steps of a batch of one.
  fileprivate func prefix(_ steps: Int) -> SequenceBatch {
    SequenceBatch(x: Tensor(shape: [steps, batch, inputSize]) { x[$0] }, initial: initial)
  }
}
