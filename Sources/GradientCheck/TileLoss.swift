import RecurrentCells
import Tensors

/// The loss of one sequence of a case, for tiles of changed columns.
struct TileLoss: Sendable {
  /// A signal with cotangents: its place, and the cotangents by step, [T,H] or, of a final state, [H].
  private typealias Term = (signal: Int, cotangents: [Double])

  private let columns: FusedColumns
  private let inputSize, batch, element: Int
  private let sequence, final: [Term]
  /// The loss of the unchanged sequence before every step.
  private let before: [Double]

  /// The loss of one sequence.
  ///
  /// - Returns: nil where the cell has no fused loops or refuses the case, the sequence has no step, or a
  ///   cotangent is not of a signal of every step.
  init?<Cell: RecurrentCell>(of cell: Cell.Type, at problem: Case<Double>, element: Int)
  where Cell.Scalar == Double {
    guard let fused = Cell.self as? any FusedCell<Double>.Type,
      let columns = Self.columns(fused, problem, element)
    else { return nil }
    let width = problem.batch.batch
    func terms(_ cotangents: [String: Tensor<Double>], steps: Int) -> [Term]? {
      let terms = cotangents.sorted { $0.key < $1.key }.compactMap { letter, tensor -> Term? in
        guard let signal = columns.signal(letter), tensor.shape.last == columns.units,
          tensor.count >= steps * width * columns.units
        else { return nil }
        let values = (0..<steps).flatMap { step in
          let start = (step * width + element) * columns.units
          return tensor.scalars[start..<start + columns.units]
        }
        return (signal, values)
      }
      return terms.count == cotangents.count ? terms : nil
    }
    guard let sequence = terms(problem.upstream.sequence, steps: columns.steps),
      let final = terms(problem.upstream.final, steps: 1)
    else { return nil }
    self.columns = columns
    (inputSize, batch, self.element) = (problem.batch.inputSize, width, element)
    (self.sequence, self.final) = (sequence, final)
    var sums = [0.0]
    for step in 0..<columns.steps {
      let part = sequence.map { signal, cotangents in
        let own = cotangents[step * columns.units..<(step + 1) * columns.units]
        return zip(own, columns.unchanged(signal, step: step)).map(*).reduce(0, +)
      }
      sums.append(sums[step] + part.reduce(0, +))
    }
    before = sums
  }

  private static func columns<Cell: FusedCell>(
    _ cell: Cell.Type, _ problem: Case<Double>, _ element: Int
  ) -> FusedColumns? where Cell.Scalar == Double {
    let cell = try? Cell(ParameterSet(problem.parameters))
    let sequence = problem.batch.sequence(element)
    guard let cell, let passes = cell.fused, (try? cell.forward(sequence)) != nil,
      !sequence.x.shape.contains(0)
    else { return nil }
    return FusedColumns(passes, sequence: sequence)
  }

  /// The loss after each change; nil where one is of a number that the sequence does not have.
  func losses(of changes: [Change]) -> [Double]? {
    let columnChanges = changes.compactMap { change in
      place(of: change).map { ColumnChange($0, delta: change.delta) }
    }
    guard columnChanges.count == changes.count else { return nil }
    var losses = [Double](repeating: 0, count: changes.count)
    let tile = columns.makeTile()
    for first in stride(from: 0, to: changes.count, by: FusedColumns.width) {
      let own = columnChanges[first..<min(first + FusedColumns.width, changes.count)]
      let start = own.map(\.start).min() ?? 0
      for place in own.indices { losses[place] = before[start] }
      columns.run(Array(own), from: start, in: tile) { step, signals in
        for (signal, cotangents) in sequence {
          add(signals[signal], cotangents[(step * columns.units)...], to: &losses, own.indices)
        }
        guard step == columns.steps - 1 else { return }
        for (signal, cotangents) in final {
          add(signals[signal], cotangents[...], to: &losses, own.indices)
        }
      }
    }
    return losses
  }

  /// Adds the products of one signal [H,width] of a tile and its cotangents [H].
  private func add(
    _ signal: UnsafeMutablePointer<Double>, _ cotangents: ArraySlice<Double>,
    to losses: inout [Double], _ places: Range<Int>
  ) {
    losses.withUnsafeMutableBufferPointer { losses in
      cotangents.withUnsafeBufferPointer { cotangents in
        guard let own = losses.baseAddress?.advanced(by: places.lowerBound) else { return }
        for unit in 0..<min(columns.units, cotangents.count) {
          let (cotangent, row) = (cotangents[unit], signal + unit * FusedColumns.width)
          for column in 0..<places.count { own[column] += cotangent * row[column] }
        }
      }
    }
  }

  private func place(of change: Change) -> ColumnChange.Place? {
    switch change.quantity {
    case .parameter(let name): columns.place(parameter: name, index: change.index)
    case .initial(let name): columns.place(initial: name, unit: change.index % columns.units)
    case .inputs:
      own(x: change.index).map { columns.place(x: $0) }
    case .sequence, .final, .cotangent: nil
    }
  }

  /// The position [T,I] in the sequence of one [T,B,I] in the batch; nil for one of another sequence or in
  /// the padding.
  private func own(x index: Int) -> Int? {
    let (step, rest) = index.quotientAndRemainder(dividingBy: batch * inputSize)
    guard step < columns.steps, rest / inputSize == element else { return nil }
    return step * inputSize + rest % inputSize
  }
}
