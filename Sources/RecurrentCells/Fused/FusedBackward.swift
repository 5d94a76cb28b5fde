import Tensors

/// A fused backward pass.
final class FusedBackward<Scalar: CellScalar> {
  let gates: FusedGates
  let parameters: CellParameters<Scalar>
  let trace: SequenceTrace<Scalar>
  let upstream: Upstream<Scalar>
  let truncation: Truncation?
  let sizes: FusedSizes

  /// A pass back from a trace that was checked.
  init(
    _ gates: FusedGates, parameters: CellParameters<Scalar>, trace: SequenceTrace<Scalar>,
    upstream: Upstream<Scalar>, truncation: Truncation?
  ) {
    self.gates = gates
    self.parameters = parameters
    self.trace = trace
    self.upstream = upstream
    self.truncation = truncation
    sizes = FusedSizes(trace.x, lengths: trace.lengths, units: parameters.hiddenSize)
  }

  /// The gradients of every parameter, the inputs, the initial states and the signals.
  func gradients() -> Gradients<Scalar> {
    var found = Gradients<Scalar>(
      parameters: [:], x: Tensor(zeros: trace.x.shape), initial: [:], signals: [:])
    let (signals, initial) = walk { blocks, past in
      found.parameters = parameterGradients(blocks, past)
      found.x = xGradient(blocks)
    }
    found.initial = Dictionary(uniqueKeysWithValues: zip(gates.states, initial))
    found.signals = Dictionary(uniqueKeysWithValues: zip(gates.signals, signals))
    return found
  }

  /// Walks back, and calls a body with the gradients of the blocks, each [T,B,H].
  ///
  /// - Returns: the gradients of the signals and of the initial states.
  func walk(
    _ body: (_ blocks: [UnsafePointer<Scalar>], _ past: Past<Scalar>) -> Void
  ) -> (signals: [Tensor<Scalar>], initial: [Tensor<Scalar>]) {
    var signalGradients = gates.signals.map {
      upstream.sequence[$0] ?? Tensor(zeros: [sizes.steps, sizes.batch, sizes.units])
    }
    var carry = gates.states.map { _ in Tensor<Scalar>(zeros: [sizes.batch, sizes.units]) }
    let signals = gates.signals.compactMap { trace.signals[$0] }
    let initial = gates.states.compactMap { trace.initial[$0] }
    withPointers(signals) { signals in
      withPointers(initial) { initial in
        withMutablePointers(&signalGradients) { gradients in
          for gradient in gradients { sizes.clearPadding(gradient, width: sizes.units) }
          let past = Past(
            initial: initial, states: gates.family.states.map { signals[$0] }, sizes: sizes)
          let extra = withoutSignal(past)
          if gates.family.signals.contains(nil) {
            sizes.clearPadding(extra.base, width: sizes.units)
          }
          walk(
            signals: signals, past: past, gradients: gradients, extra: extra.base, carry: &carry)
          body(
            gates.family.signals.map { UnsafePointer($0.map { gradients[$0] } ?? extra.base) }, past
          )
        }
      }
    }
    return (signalGradients, carry)
  }

  /// The values of the block that no signal is the activation of, computed again: [T,B,H].
  private func withoutSignal(_ past: Past<Scalar>) -> Scratch<Scalar> {
    guard let place = gates.family.signals.firstIndex(of: nil) else { return Scratch(count: 0) }
    let (block, rows) = (gates.blocks[place], sizes.steps * sizes.batch)
    let values = Scratch<Scalar>(count: rows * sizes.units)
    for row in 0..<rows { parameters.write(block, to: values.base + row * sizes.units) }
    parameters.withMatrix(block.input) { matrix in
      withPointers([trace.x]) { x in
        PackedMatrix(transposing: matrix, depth: sizes.inputs, columns: sizes.units)
          .addProduct(x[0], rows: rows, to: values.base, stride: sizes.units)
      }
    }
    parameters.withMatrix(block.recurrent) { matrix in
      let packed = PackedMatrix(transposing: matrix, depth: sizes.units, columns: sizes.units)
      for part in past.parts {
        packed.addProduct(
          part.hidden, rows: part.rows, to: values.base + part.first * sizes.units,
          stride: sizes.units)
      }
    }
    return values
  }

  /// The steps from the last to the first: the gradients of all blocks and signals.
  private func walk(
    signals: [UnsafePointer<Scalar>], past: Past<Scalar>,
    gradients: [UnsafeMutablePointer<Scalar>], extra: UnsafeMutablePointer<Scalar>,
    carry: inout [Tensor<Scalar>]
  ) {
    let stacked = parameters.stackedRows(gates.recurrent, columns: sizes.units)
    let matrices = PackedMatrices(
      stacked.base, count: gates.recurrent.count, depth: sizes.units, columns: sizes.units)
    let blocks = gates.family.signals.map { $0.map { gradients[$0] } ?? extra }
    let stepBack = Scalar.kernels.backward(gates.family)
    withMutablePointers(&carry) { carry in
      for t in (0..<sizes.steps).reversed() {
        let (before, beforeStart) = past.states(before: t)
        for element in 0..<sizes.batch where sizes.has(t, element) {
          if !sizes.has(t + 1, element) { addFinal(element, to: carry) }
          let offset = element * sizes.units
          stepBack(
            sizes.units, signals, t * sizes.step + offset, before, beforeStart + offset,
            gradients, extra, carry, offset)
        }
        for place in gates.recurrent.indices {
          matrices.addProduct(
            blocks[place] + t * sizes.step, rows: sizes.batch, with: place,
            to: carry[carry.count - 1])
        }
        for element in 0..<sizes.batch where stops(t, element) {
          for state in carry {
            (state + element * sizes.units).update(repeating: 0, count: sizes.units)
          }
        }
      }
      for element in 0..<sizes.batch where !sizes.has(0, element) { addFinal(element, to: carry) }
    }
  }

  /// Whether nothing of an element goes from a step to the one before: it is cut there, or not yet begun.
  private func stops(_ step: Int, _ element: Int) -> Bool {
    !sizes.has(step, element)
      || truncation.map { $0.cuts(from: step, to: step - 1, element: element) } ?? false
  }

  /// Adds what arrives at the final states of an element.
  private func addFinal(_ element: Int, to carry: [UnsafeMutablePointer<Scalar>]) {
    for (letter, state) in zip(gates.states, carry) {
      guard let final = upstream.final[letter] else { continue }
      for unit in 0..<sizes.units { state[element * sizes.units + unit] += final[element, unit] }
    }
  }

  /// Every parameter's gradient, summed over all steps by one product a matrix.
  private func parameterGradients(
    _ blocks: [UnsafePointer<Scalar>], _ past: Past<Scalar>
  ) -> [String: Tensor<Scalar>] {
    let rows = sizes.steps * sizes.batch
    var gradients = parameters.tensors.mapValues { Tensor<Scalar>(zeros: $0.shape) }
    func add(to name: String, _ body: (UnsafeMutablePointer<Scalar>) -> Void) {
      gradients[name]?.withUnsafeMutableScalars { numbers in
        if let base = numbers.baseAddress { body(base) }
      }
    }
    withPointers([trace.x]) { x in
      let x = PackedMatrix(x[0], depth: rows, columns: sizes.inputs)
      for (block, gradient) in zip(gates.blocks, blocks) {
        if let input = block.input {
          add(to: input) { x.addProduct(transposing: gradient, rows: sizes.units, to: $0) }
        }
        if let bias = block.bias {
          // The last step first, as a walk back adds them up.
          add(to: bias) { sum in
            for t in (0..<sizes.steps).reversed() {
              Scalar.add(
                rowsOf: UnsafeBufferPointer(start: gradient + t * sizes.step, count: sizes.step),
                to: UnsafeMutableBufferPointer(start: sum, count: sizes.units))
            }
          }
        }
      }
    }
    for part in past.parts {
      let hidden = PackedMatrix(part.hidden, depth: part.rows, columns: sizes.units)
      for (block, gradient) in zip(gates.blocks, blocks) {
        guard let recurrent = block.recurrent else { continue }
        add(to: recurrent) {
          hidden.addProduct(
            transposing: gradient + part.first * sizes.units, rows: sizes.units, to: $0)
        }
      }
    }
    return gradients
  }

  /// ∂E/∂x [T,B,I], zero in the padding.
  private func xGradient(_ blocks: [UnsafePointer<Scalar>]) -> Tensor<Scalar> {
    var gradient = [Tensor<Scalar>(zeros: trace.x.shape)]
    withMutablePointers(&gradient) { gradient in
      for (block, own) in zip(gates.blocks, blocks) {
        parameters.withMatrix(block.input) { matrix in
          PackedMatrix(matrix, depth: sizes.units, columns: sizes.inputs)
            .addProduct(
              own, rows: sizes.steps * sizes.batch, to: gradient[0], stride: sizes.inputs)
        }
      }
      sizes.clearPadding(gradient[0], width: sizes.inputs)
    }
    return gradient[0]
  }
}

/// The states that the steps started from: the initial ones, then those of the steps but the last.
struct Past<Scalar: CellScalar> {
  let initial: [UnsafePointer<Scalar>]
  let states: [UnsafePointer<Scalar>]
  let sizes: FusedSizes

  /// Each state before a step, and where in it the step's own part starts.
  func states(before step: Int) -> ([UnsafePointer<Scalar>], Int) {
    step == 0 ? (initial, 0) : (states, (step - 1) * sizes.step)
  }

  /// What the recurrent matrices applied to, by rows [B or (T−1)·B, H] that lie side by side.
  var parts: [(hidden: UnsafePointer<Scalar>, rows: Int, first: Int)] {
    let (first, rest) = (sizes.batch, (sizes.steps - 1) * sizes.batch)
    return [
      (initial[initial.count - 1], first, 0), (states[states.count - 1], rest, first),
    ]
  }
}
