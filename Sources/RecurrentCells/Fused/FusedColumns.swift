import Tensors

/// Copies of one sequence of a batch as the columns of tiles, each column with one number changed.
///
/// All columns share the weights, so that a tile of them is one product a step; a changed entry W_rc + δ
/// adds its rank-1 part δ h_c to unit r of its own column. A signal of a tile is [H,columns], so that the
/// loops are as long as H·columns whatever H is. A tile starts at the first step that a change of it
/// reaches, from what the unchanged sequence was there.
package final class FusedColumns: Sendable {
  /// T, the sequence's own steps; 1 or more.
  package let steps: Int
  /// H.
  package let units: Int
  /// The columns of a tile: a multiple of 6 on every machine.
  package static var width: Int { Double.kernels.panel }

  private let gates: FusedGates
  private let inputs: Int
  private let x: [Double]
  private let initial: [[Double]]
  /// The recurrent matrices one below the other, [recurrent blocks · H, H].
  private let recurrent: [Double]
  /// The input matrices by block, each [H,I]; empty where it has none.
  private let inputMatrices: [[Double]]
  /// The blocks as far as x and the biases make them, and whole, both [T,blocks,H].
  private let projections, blocks: [Double]
  /// The unchanged signals by step, [T,signals,H].
  private let signals: [Double]

  /// One sequence, as a batch of one that was checked and has a step.
  package init(_ passes: FusedPasses<Double>, sequence: SequenceBatch<Double>) {
    let (gates, parameters) = (passes.gates, passes.parameters)
    let trace = passes.forward(sequence)
    let sizes = FusedSizes(trace.x, lengths: nil, units: parameters.hiddenSize)
    self.gates = gates
    (steps, units, inputs) = (sizes.steps, sizes.units, sizes.inputs)
    x = trace.x.scalars
    initial = gates.states.map { trace.initial[$0]?.scalars ?? [] }
    recurrent = gates.recurrent.flatMap { parameters.tensors[$0]?.scalars ?? [] }
    inputMatrices = gates.blocks.map { $0.input.flatMap { parameters.tensors[$0]?.scalars } ?? [] }
    signals = (0..<sizes.steps).flatMap { t in
      gates.signals.flatMap { letter in
        (trace.signals[letter]?.scalars ?? [])[t * sizes.units..<(t + 1) * sizes.units]
      }
    }
    (projections, blocks) = Self.blocks(of: trace, gates, parameters, sizes)
  }

  /// The blocks of every step without and with what the recurrent matrices make of them.
  private static func blocks(
    of trace: SequenceTrace<Double>, _ gates: FusedGates, _ parameters: CellParameters<Double>,
    _ sizes: FusedSizes
  ) -> (projections: [Double], blocks: [Double]) {
    let state = gates.states[gates.states.count - 1]
    let tensors = [trace.x] + [trace.initial, trace.signals].compactMap { $0[state] }
    let width = gates.blocks.count * sizes.units
    return withPointers(tensors) { tensors in
      let numbers = parameters.inputProjections(of: tensors[0], sizes, gates)
      let all = UnsafeBufferPointer(start: numbers.base, count: sizes.steps * width)
      let projections = Array(all)
      let matrices = parameters.stackedRecurrent(gates)
      matrices.addProduct(tensors[1], rows: 1, to: numbers.base, stride: width)
      matrices.addProduct(
        tensors[2], rows: sizes.steps - 1, to: numbers.base + width, stride: width)
      return (projections, Array(all))
    }
  }

  /// Where a number of a parameter acts; nil for a name that the cell does not have.
  package func place(parameter name: String, index: Int) -> ColumnChange.Place? {
    for (place, block) in gates.blocks.enumerated() {
      let first = place * units
      if name == block.bias { return .parameter(row: first + index, of: .one) }
      if name == block.input {
        return .parameter(row: first + index / inputs, of: .x(feature: index % inputs))
      }
      if name == block.recurrent {
        return .parameter(row: first + index / units, of: .hidden(unit: index % units))
      }
    }
    return nil
  }

  /// Where a number of x [T,I] acts.
  package func place(x index: Int) -> ColumnChange.Place {
    .x(step: index / inputs, feature: index % inputs)
  }

  /// Where a number of an initial state acts; nil for a letter that is no state.
  package func place(initial letter: String, unit: Int) -> ColumnChange.Place? {
    gates.states.firstIndex(of: letter).map { .initial(state: $0, unit: unit) }
  }

  /// The place of a signal among those of a tile; nil for a letter that is no signal.
  package func signal(_ letter: String) -> Int? { gates.signals.firstIndex(of: letter) }

  /// The unchanged values of a signal at a step, [H].
  package func unchanged(_ signal: Int, step: Int) -> ArraySlice<Double> {
    let start = (step * gates.signals.count + signal) * units
    return signals[start..<start + units]
  }

  /// Buffers for one tile at a time.
  package func makeTile() -> Tile {
    Tile(gates.family, signal: units * Self.width)
  }

  /// Runs a tile of columns from one step to the end.
  ///
  /// - Parameters:
  ///   - changes: at most `width` changes, none of which acts before the first step.
  ///   - start: the first step.
  ///   - tile: the buffers.
  ///   - body: called after every step with the signals, each [H,width].
  package func run(
    _ changes: [ColumnChange], from start: Int, in tile: borrowing Tile,
    _ body: (_ step: Int, _ signals: [UnsafeMutablePointer<Double>]) -> Void
  ) {
    precondition(changes.count <= Self.width && 0..<steps ~= start)
    let kernels = Double.kernels
    let step = kernels.forward(gates.family)
    let (columns, count) = (kernels.panel, gates.blocks.count * units)
    let rows = gates.recurrent.count * units
    let states = gates.family.states.map { tile.signals[$0] }
    let before = states.map { UnsafePointer($0) }
    let hidden = states[states.count - 1]
    func takeStep(_ t: Int) {
      for (column, change) in changes.enumerated() {
        apply(change, to: column, of: columns, at: t, states: states, blocks: tile.blocks.base)
      }
      step(units * columns, tile.blocks.base, units * columns, before, 0, tile.signals, 0)
    }
    if !takeFirstStep(changes, at: start, in: tile, columns) {
      // All columns start from the same states, which the unchanged blocks are of.
      for (place, state) in states.enumerated() {
        Self.broadcast(self.before(start, place), to: state, columns)
      }
      Self.broadcast(blocks[start * count..<(start + 1) * count], to: tile.blocks.base, columns)
      takeStep(start)
    }
    body(start, tile.signals)
    for t in start + 1..<steps {
      let own = t * count..<(t + 1) * count
      recurrent.withUnsafeBufferPointer { matrix in
        projections[own].withUnsafeBufferPointer { from in
          guard let matrix = matrix.baseAddress else { return }
          kernels.multiply(
            rows, columns, units, matrix, units, 1, hidden, from.baseAddress, nil, tile.blocks.base,
            columns)
        }
      }
      Self.broadcast(
        projections[own].dropFirst(rows), to: tile.blocks.base + rows * columns, columns)
      takeStep(t)
      body(t, tile.signals)
    }
  }

  /// Takes the first step where every change is of a parameter, and so reaches one unit of its column.
  ///
  /// - Returns: whether it is taken.
  private func takeFirstStep(
    _ changes: [ColumnChange], at step: Int, in tile: borrowing Tile, _ columns: Int
  ) -> Bool {
    let places = changes.compactMap { change in
      if case .parameter(let row, let factor) = change.place { (row, factor) } else { nil }
    }
    guard places.count == changes.count else { return false }
    for (place, signal) in tile.signals.enumerated() {
      Self.broadcast(unchanged(place, step: step), to: signal, columns)
    }
    let takeUnit = Double.kernels.forward(gates.family)
    let states = gates.family.states.indices.map { Array(before(step, $0)) }
    let (own, first) = (tile.unit.base, step * gates.blocks.count * units)
    let ownStates = states.indices.map { UnsafePointer(own + gates.blocks.count + $0) }
    for (column, (row, factor)) in places.enumerated() {
      let (block, unit) = row.quotientAndRemainder(dividingBy: units)
      for place in gates.blocks.indices { own[place] = blocks[first + place * units + unit] }
      for (place, state) in states.enumerated() { own[gates.blocks.count + place] = state[unit] }
      own[block] +=
        changes[column].delta * value(of: factor, at: step) { states[states.count - 1][$0] }
      takeUnit(1, own, 1, ownStates, 0, tile.signals, unit * columns + column)
    }
    return true
  }

  /// The unchanged values of a state before a step, [H].
  private func before(_ step: Int, _ state: Int) -> ArraySlice<Double> {
    step == 0 ? initial[state][...] : unchanged(gates.family.states[state], step: step - 1)
  }

  private func apply(
    _ change: ColumnChange, to column: Int, of columns: Int, at step: Int,
    states: [UnsafeMutablePointer<Double>], blocks: UnsafeMutablePointer<Double>
  ) {
    let delta = change.delta
    switch change.place {
    case .parameter(let row, let factor):
      blocks[row * columns + column] +=
        delta
        * value(of: factor, at: step) { states[states.count - 1][$0 * columns + column] }
    case .x(let own, let feature):
      guard own == step else { return }
      for (place, matrix) in inputMatrices.enumerated() where !matrix.isEmpty {
        for unit in 0..<units {
          blocks[(place * units + unit) * columns + column] +=
            delta * matrix[unit * inputs + feature]
        }
      }
    case .initial(let state, let unit):
      guard step == 0 else { return }
      states[state][unit * columns + column] += delta
      guard state == states.count - 1 else { return }
      for row in 0..<gates.recurrent.count * units {
        blocks[row * columns + column] += delta * recurrent[row * units + unit]
      }
    }
  }

  /// What a parameter is multiplied by at a step, given h before it.
  private func value(
    of factor: ColumnChange.Factor, at step: Int, hidden: (_ unit: Int) -> Double
  ) -> Double {
    switch factor {
    case .one: 1
    case .x(let feature): x[step * inputs + feature]
    case .hidden(let unit): hidden(unit)
    }
  }

  /// Every value to all columns of its row.
  private static func broadcast(
    _ values: ArraySlice<Double>, to target: UnsafeMutablePointer<Double>, _ columns: Int
  ) {
    var next = target
    for value in values {
      next.update(repeating: value, count: columns)
      next += columns
    }
  }
}

extension SequenceBatch {
  /// One sequence without its padding, as a batch of one.
  package func sequence(_ element: Int) -> SequenceBatch {
    let (own, batch, inputs) = (length(of: element), self.batch, inputSize)
    return SequenceBatch(
      x: Tensor(shape: [own, 1, inputs]) { index in
        x[(index / inputs * batch + element) * inputs + index % inputs]
      },
      initial: initial.mapValues { state in
        Tensor(shape: [1, state.shape[1]]) { state[element, $0] }
      })
  }
}
