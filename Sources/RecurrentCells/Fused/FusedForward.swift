import Tensors

/// A fused forward pass.
struct FusedForward<Scalar: CellScalar> {
  private let gates: FusedGates
  private let parameters: CellParameters<Scalar>
  private let batch: SequenceBatch<Scalar>
  private let sizes: FusedSizes

  /// A pass over a batch that was checked.
  init(_ gates: FusedGates, parameters: CellParameters<Scalar>, batch: SequenceBatch<Scalar>) {
    self.gates = gates
    self.parameters = parameters
    self.batch = batch
    sizes = FusedSizes(batch.x, lengths: batch.lengths, units: parameters.hiddenSize)
  }

  /// All signals of all steps.
  func trace() -> SequenceTrace<Scalar> {
    var x = batch.x
    if sizes.lengths != nil {
      x.withUnsafeMutableScalars { numbers in
        if let x = numbers.baseAddress { sizes.clearPadding(x, width: sizes.inputs) }
      }
    }
    var signals = gates.signals.map { _ in
      Tensor<Scalar>(zeros: [sizes.steps, sizes.batch, sizes.units])
    }
    let initial = gates.states.map { parameter in batch.initial[parameter] ?? Tensor(zeros: []) }
    withMutablePointers(&signals) { signals in
      withPointers(initial) { initial in
        withPointers([x]) { x in run(x[0], initial: initial, signals: signals) }
        for signal in signals { sizes.clearPadding(signal, width: sizes.units) }
      }
    }
    return SequenceTrace(
      x: x, lengths: batch.lengths, initial: batch.initial,
      signals: Dictionary(uniqueKeysWithValues: zip(gates.signals, signals)),
      final: Dictionary(
        uniqueKeysWithValues: zip(gates.states, zip(gates.family.states, initial)).map {
          ($0, final(signals[$1.0], initial: $1.1))
        }))
  }

  private func run(
    _ x: UnsafePointer<Scalar>, initial: [UnsafePointer<Scalar>],
    signals: [UnsafeMutablePointer<Scalar>]
  ) {
    let width = gates.blocks.count * sizes.units
    let blocks = parameters.inputProjections(of: x, sizes, gates)
    let recurrent = parameters.stackedRecurrent(gates)
    let step = Scalar.kernels.forward(gates.family)
    let traced = gates.family.states.map { UnsafePointer(signals[$0]) }
    for t in 0..<sizes.steps {
      let (before, start) = t == 0 ? (initial, 0) : (traced, (t - 1) * sizes.step)
      let own = blocks.base + t * sizes.batch * width
      recurrent.addProduct(
        before[before.count - 1] + start, rows: sizes.batch, to: own, stride: width)
      for element in 0..<sizes.batch {
        step(
          sizes.units, own + element * width, sizes.units, before, start + element * sizes.units,
          signals, t * sizes.step + element * sizes.units)
      }
    }
  }

  /// A state after every element's last step.
  private func final(_ signal: Tensor<Scalar>, initial: Tensor<Scalar>) -> Tensor<Scalar> {
    var final = initial
    for element in 0..<sizes.batch {
      let length = batch.length(of: element)
      guard length > 0 else { continue }
      for unit in 0..<sizes.units { final[element, unit] = signal[length - 1, element, unit] }
    }
    return final
  }
}

extension CellParameters {
  /// Every block of every step as far as x and the biases make it: [T,B,blocks,H].
  func inputProjections(
    of x: UnsafePointer<Scalar>, _ sizes: FusedSizes, _ gates: FusedGates
  ) -> Scratch<Scalar> {
    let (rows, width) = (sizes.steps * sizes.batch, gates.blocks.count * sizes.units)
    let blocks = Scratch<Scalar>(count: rows * width)
    let bias = Scratch<Scalar>(count: sizes.units)
    for (place, block) in gates.blocks.enumerated() {
      let target = blocks.base + place * sizes.units
      write(block, to: bias.base)
      guard block.input != nil else {
        for row in 0..<rows { (target + row * width).update(from: bias.base, count: sizes.units) }
        continue
      }
      withMatrix(block.input) { matrix in
        PackedMatrix(transposing: matrix, depth: sizes.inputs, columns: sizes.units)
          .writeProduct(x, rows: rows, onto: bias.base, to: target, stride: width)
      }
    }
    return blocks
  }

  /// The bias of a block, zeros where it has none: [H].
  func write(_ block: FusedGates.Block, to target: UnsafeMutablePointer<Scalar>) {
    target.update(repeating: 0, count: hiddenSize)
    withMatrix(block.bias) { target.update(from: $0, count: hiddenSize) }
  }

  /// The recurrent matrices one below the other, transposed: [H, recurrent blocks · H].
  func stackedRecurrent(_ gates: FusedGates) -> PackedMatrix<Scalar> {
    let names = gates.recurrent
    let stacked = stackedRows(names, columns: hiddenSize)
    return PackedMatrix(
      transposing: stacked.base, depth: hiddenSize, columns: names.count * hiddenSize)
  }

  /// Matrices [H,columns] one below the other.
  func stackedRows(_ names: [String], columns: Int) -> Scratch<Scalar> {
    let size = hiddenSize * columns
    let stacked = Scratch<Scalar>(count: names.count * size)
    for (place, name) in names.enumerated() {
      withMatrix(name) { (stacked.base + place * size).update(from: $0, count: size) }
    }
    return stacked
  }

  /// Calls a body with a parameter's numbers; not at all without a name.
  func withMatrix(_ name: String?, _ body: (UnsafePointer<Scalar>) -> Void) {
    guard let name else { return }
    tensors[name]?.withUnsafeScalars { numbers in
      if let base = numbers.baseAddress { body(base) }
    }
  }
}
