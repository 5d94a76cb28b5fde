import Tensors

extension FusedPasses<Double> {
  /// Writes the rows of the Jacobian of one sequence's outputs of one step, or of its final states.
  ///
  /// One walk back for all H units of the signal, as a batch of H copies of the sequence of which each has
  /// a cotangent of 1 at another unit.
  ///
  /// - Parameters:
  ///   - signal: the signal, of the last step.
  ///   - isFinal: whether it is differentiated as a final state.
  ///   - sequence: a batch of one that was checked and has a step, up to the step.
  ///   - tensors: what a row is of: where the numbers of each parameter, of x and of each initial state are.
  ///   - rows: a row for each unit, `stride` numbers apart, of which all these are written.
  package func write(
    rowsOf signal: String, isFinal: Bool, sequence: SequenceBatch<Double>,
    tensors: [Quantity: Range<Int>], to rows: UnsafeMutablePointer<Double>, stride: Int
  ) {
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
    let (_, initial) = pass.walk { blocks, past in
      pass.write(rowsOf: blocks, past, tensors: tensors, to: rows, stride: stride)
    }
    for (letter, gradient) in zip(gates.states, initial) {
      guard let own = tensors[.initial(letter)] else { continue }
      gradient.withUnsafeScalars { gradient in
        guard let gradient = gradient.baseAddress else { return }
        for column in 0..<units {
          (rows + column * stride + own.lowerBound)
            .update(from: gradient + column * units, count: units)
        }
      }
    }
  }
}

extension FusedBackward<Double> {
  /// Writes what every copy has of the gradients of the parameters and of x to its own row.
  fileprivate func write(
    rowsOf blocks: [UnsafePointer<Double>], _ past: Past<Double>, tensors: [Quantity: Range<Int>],
    to rows: UnsafeMutablePointer<Double>, stride: Int
  ) {
    let (units, inputs, steps) = (sizes.units, sizes.inputs, sizes.steps)
    let zeros = Scratch<Double>(zeros: max(units, steps))
    func each(
      _ quantity: Quantity, _ body: (_ column: Int, _ target: UnsafeMutablePointer<Double>) -> Void
    ) {
      guard let own = tensors[quantity] else { return }
      for column in 0..<sizes.batch { body(column, rows + column * stride + own.lowerBound) }
    }
    // Every copy has the same x and states, which are those of the first.
    withPointers([trace.x]) { x in
      let x = PackedMatrix(
        x[0], depth: steps, columns: inputs, depthStride: sizes.batch * inputs, columnStride: 1)
      let hidden = self.hidden(past)
      for (block, gradient) in zip(gates.blocks, blocks) {
        if let input = block.input {
          each(.parameter(input)) { column, target in
            x.addProduct(
              gradient + column * units, rows: units, rowStride: 1, depthStride: sizes.step,
              rowStarts: zeros.base, to: target, stride: inputs)
          }
        }
        if let recurrent = block.recurrent {
          each(.parameter(recurrent)) { column, target in
            hidden.addProduct(
              gradient + column * units, rows: units, rowStride: 1, depthStride: sizes.step,
              rowStarts: zeros.base, to: target, stride: units)
          }
        }
        if let bias = block.bias {
          each(.parameter(bias)) { column, target in
            target.update(repeating: 0, count: units)
            for step in 0..<steps {
              let own = gradient + step * sizes.step + column * units
              for unit in 0..<units { target[unit] += own[unit] }
            }
          }
        }
      }
    }
    each(.inputs("x")) { _, target in
      target.update(repeating: 0, count: tensors[.inputs("x")]?.count ?? 0)
    }
    for (block, gradient) in zip(gates.blocks, blocks) {
      parameters.withMatrix(block.input) { matrix in
        let matrix = PackedMatrix(matrix, depth: units, columns: inputs)
        each(.inputs("x")) { column, target in
          matrix.addProduct(
            gradient + column * units, rows: steps, rowStride: sizes.step, depthStride: 1,
            to: target, stride: inputs)
        }
      }
    }
  }

  /// What the recurrent matrices applied to in the first copy, by step: [T,H].
  private func hidden(_ past: Past<Double>) -> PackedMatrix<Double> {
    let (units, steps) = (sizes.units, sizes.steps)
    let numbers = Scratch<Double>(count: steps * units)
    for step in 0..<steps {
      let (states, start) = past.states(before: step)
      (numbers.base + step * units).update(from: states[states.count - 1] + start, count: units)
    }
    return PackedMatrix(numbers.base, depth: steps, columns: units)
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
