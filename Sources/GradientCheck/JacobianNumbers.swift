import RecurrentCells
import Tensors

/// The numbers that one sequence's outputs are differentiated by, one after the other.
struct JacobianNumbers: Sendable {
  /// A part of the numbers, so many that their differences stay within the cache.
  struct Block: Sendable {
    let quantity: Quantity
    /// The places among all numbers.
    let range: Range<Int>
    /// The first step that one of them reaches.
    let start: Int
  }

  /// How many there are.
  let count: Int
  /// The sequence's place in the batch.
  let element: Int
  /// The tensors, with the places of the numbers of each.
  let tensors: [(quantity: Quantity, range: Range<Int>)]
  let blocks: [Block]

  init(parameters: [String: Tensor<Double>], sequence: SequenceBatch<Double>, element: Int) {
    self.element = element
    var tensors: [(quantity: Quantity, range: Range<Int>)] = []
    var blocks: [Block] = []
    var next = 0
    func add(_ quantity: Quantity, _ count: Int, together: Int, start: (Int) -> Int) {
      tensors.append((quantity, next..<next + count))
      for first in stride(from: 0, to: count, by: together) {
        let range = next + first..<next + min(first + together, count)
        blocks.append(Block(quantity: quantity, range: range, start: start(first)))
      }
      next += count
    }
    for (name, tensor) in parameters.sorted(by: { $0.key < $1.key }) {
      add(.parameter(name), tensor.count, together: Self.atOnce) { _ in 0 }
    }
    for (name, state) in sequence.initial.sorted(by: { $0.key < $1.key }) {
      add(.initial(name), state.count, together: Self.atOnce) { _ in 0 }
    }
    // A step's inputs by themselves: the tiles of each start at their own step.
    add(.inputs("x"), sequence.x.count, together: max(sequence.inputSize, 1)) {
      $0 / max(sequence.inputSize, 1)
    }
    (self.tensors, self.blocks, count) = (tensors, blocks, next)
  }

  /// The gradients of one sequence in the order of the numbers; NaN where one is missing.
  func row(of gradients: Gradients<Double>) -> [Double] {
    tensors.flatMap { quantity, range in
      let gradient =
        switch quantity {
        case .parameter(let name): gradients.parameters[name]
        case .initial(let name): gradients.initial[name]
        case .inputs, .sequence, .final, .cotangent: gradients.x as Tensor?
        }
      return gradient.flatMap { $0.count == range.count ? $0.scalars : nil }
        ?? [Double](repeating: .nan, count: range.count)
    }
  }

  private static var atOnce: Int { 192 }

  /// The tensor that a number belongs to, and its position in it.
  func number(_ place: Int) -> (quantity: Quantity, index: Int) {
    let tensor = tensors.last { $0.range.lowerBound <= place }
    return (tensor?.quantity ?? .inputs("x"), place - (tensor?.range.lowerBound ?? 0))
  }
}

/// The outputs of one sequence that are differentiated, one after the other.
struct JacobianOutputs: Sendable {
  /// The letters that a layer above reads, and their places among the signals.
  let sequence: [(letter: String, signal: Int)]
  /// The states that are not read at every step, and their places among the signals.
  let final: [(letter: String, signal: Int)]
  let steps: Int
  let units: Int

  init<Cell: FusedCell>(cell: Cell.Type, columns: FusedColumns) {
    func places(_ letters: [String]) -> [(letter: String, signal: Int)] {
      letters.compactMap { letter in columns.signal(letter).map { (letter, $0) } }
    }
    sequence = places(Cell.hiddenOutputs)
    final = places(Cell.states.filter { !Cell.hiddenOutputs.contains($0) })
    (steps, units) = (columns.steps, columns.units)
  }

  /// How many there are.
  var count: Int { first(at: steps) + final.count * units }

  /// Cotangents of 1 on all of them.
  var ones: Upstream<Double> {
    func tensors(
      _ letters: [(letter: String, signal: Int)], _ shape: [Int]
    ) -> [String: Tensor<Double>] {
      Dictionary(uniqueKeysWithValues: letters.map { ($0.letter, Tensor(shape: shape) { _ in 1 }) })
    }
    return Upstream(
      sequence: tensors(sequence, [steps, 1, units]), final: tensors(final, [1, units]))
  }

  /// The place of the first output at a step; after the last step of the first final one.
  func first(at step: Int) -> Int { step * sequence.count * units }

  /// The tensor that an output belongs to, and its position [T,H] or [H] in it.
  func output(_ place: Int) -> (quantity: Quantity, index: Int) {
    guard place >= first(at: steps) else {
      let (step, own) = place.quotientAndRemainder(dividingBy: max(sequence.count * units, 1))
      return (.sequence(sequence[own / units].letter), step * units + own % units)
    }
    let own = place - first(at: steps)
    return (.final(final[own / units].letter), own % units)
  }
}
