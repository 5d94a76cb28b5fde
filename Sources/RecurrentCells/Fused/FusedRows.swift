import Tensors

extension FusedPasses<Double> {
  /// The rows of the Jacobian of one sequence's outputs of one step, or of its final states.
  ///
  /// One walk back for all H units of the signal, as a batch of H copies of the sequence of which each has
  /// a cotangent of 1 at another unit.
  ///
  /// - Parameters:
  ///   - signal: the signal, of the last step.
  ///   - isFinal: whether it is differentiated as a final state.
  ///   - sequence: a batch of one that was checked and has a step, up to the step.
  ///   - tensors: the numbers that a row is of, with the place of the first of each.
  ///   - count: the numbers of a row; those that no tensor has or no step reaches are 0.
  /// - Returns: a row for each unit.
  package func rows(
    of signal: String, isFinal: Bool, sequence: SequenceBatch<Double>, tensors: [Quantity: Int],
    count: Int
  ) -> [[Double]] {
    let (units, steps) = (parameters.hiddenSize, sequence.steps)
    let trace = forward(sequence.copies(units))
    let cotangents = Tensor<Double>(shape: isFinal ? [units, units] : [steps, units, units]) {
      let place = isFinal ? $0 : $0 - (steps - 1) * units * units
      return place >= 0 && place / units == place % units ? 1 : 0
    }
    let upstream = Upstream<Double>(
      sequence: isFinal ? [:] : [signal: cotangents], final: isFinal ? [signal: cotangents] : [:])
    let pass = FusedBackward<Double>(
      gates, parameters: parameters, trace: trace, upstream: upstream, truncation: nil)
    var rows = [[Double]](repeating: [Double](repeating: 0, count: count), count: units)
    let (_, initial) = pass.walk { blocks, past in
      pass.addRows(blocks, past, tensors: tensors, to: &rows)
    }
    for (letter, gradient) in zip(gates.states, initial) {
      guard let first = tensors[.initial(letter)] else { continue }
      for column in 0..<units {
        for unit in 0..<units { rows[column][first + unit] = gradient[column, unit] }
      }
    }
    return rows
  }
}

extension FusedBackward<Double> {
  /// Adds what every copy has of the gradients of the parameters and of x to its own row.
  fileprivate func addRows(
    _ blocks: [UnsafePointer<Double>], _ past: Past<Double>, tensors: [Quantity: Int],
    to rows: inout [[Double]]
  ) {
    let (units, inputs) = (sizes.units, sizes.inputs)
    func add(
      _ quantity: Quantity, _ body: (_ column: Int, _ target: UnsafeMutablePointer<Double>) -> Void
    ) {
      guard let first = tensors[quantity] else { return }
      for column in rows.indices {
        rows[column].withUnsafeMutableBufferPointer { row in
          if let base = row.baseAddress { body(column, base + first) }
        }
      }
    }
    // Every copy has the same x and states, which are those of the first.
    withPointers([trace.x]) { x in
      let x = PackedMatrix(
        x[0], depth: sizes.steps, columns: inputs, depthStride: sizes.batch * inputs,
        columnStride: 1)
      for (block, gradient) in zip(gates.blocks, blocks) {
        if let input = block.input {
          add(.parameter(input)) { column, target in
            x.addProduct(
              gradient + column * units, rows: units, rowStride: 1, depthStride: sizes.step,
              to: target, stride: inputs)
          }
        }
        if let bias = block.bias {
          add(.parameter(bias)) { column, target in
            for step in 0..<sizes.steps {
              let own = gradient + step * sizes.step + column * units
              for unit in 0..<units { target[unit] += own[unit] }
            }
          }
        }
      }
    }
    for part in past.parts {
      let hidden = PackedMatrix(
        part.hidden, depth: part.rows / sizes.batch, columns: units, depthStride: sizes.step,
        columnStride: 1)
      for (block, gradient) in zip(gates.blocks, blocks) {
        guard let recurrent = block.recurrent else { continue }
        add(.parameter(recurrent)) { column, target in
          hidden.addProduct(
            gradient + part.first * units + column * units, rows: units, rowStride: 1,
            depthStride: sizes.step, to: target, stride: units)
        }
      }
    }
    for (block, gradient) in zip(gates.blocks, blocks) {
      parameters.withMatrix(block.input) { matrix in
        let matrix = PackedMatrix(matrix, depth: units, columns: inputs)
        add(.inputs("x")) { column, target in
          matrix.addProduct(
            gradient + column * units, rows: sizes.steps, rowStride: sizes.step, depthStride: 1,
            to: target, stride: inputs)
        }
      }
    }
  }
}

extension SequenceBatch<Double> {
  /// So many copies of a batch of one.
  fileprivate func copies(_ count: Int) -> SequenceBatch {
    let inputs = inputSize
    return SequenceBatch(
      x: Tensor(shape: [steps, count, inputs]) { index in
        x[index / (count * inputs) * inputs + index % inputs]
      },
      initial: initial.mapValues { state in
        Tensor(shape: [count, state.count]) { state[$0 % state.count] }
      })
  }
}
