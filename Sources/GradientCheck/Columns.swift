import RecurrentCells
import Tensors

/// Copies of one batch element, each with one number changed, as a batch.
struct Columns {
  /// The copies, with the changes of inputs and initial states in place.
  private(set) var batch: SequenceBatch<Double>
  /// The changes of parameters, by name.
  private(set) var parameterChanges: [String: [ParameterSet<Double>.Change]] = [:]

  /// A column for each change, all of which the case and the element have.
  init(of problem: Case<Double>, element: Int, changes: [Change]) {
    let source = problem.batch
    let width = changes.count
    batch = SequenceBatch(
      x: Self.copies(width, of: source.x, element: element, rows: source.steps),
      lengths: source.lengths.map { Array(repeating: $0[element], count: width) },
      initial: source.initial.mapValues { Self.copies(width, of: $0, element: element, rows: 1) })

    var column = 0
    while column < width {
      let quantity = changes[column].quantity
      let end = changes[column...].firstIndex { $0.quantity != quantity } ?? width
      apply(changes, column..<end, of: quantity, to: source)
      column = end
    }
  }

  /// Makes the changes of some columns, all of one quantity.
  private mutating func apply(
    _ changes: [Change], _ columns: Range<Int>, of quantity: Quantity,
    to source: SequenceBatch<Double>
  ) {
    switch quantity {
    case .parameter(let name):
      parameterChanges[name, default: []] += columns.map {
        .init(column: $0, position: changes[$0].index, delta: changes[$0].delta)
      }
    case .inputs:
      for column in columns {
        let step = changes[column].index / (source.batch * source.inputSize)
        batch.x[step, column, changes[column].index % source.inputSize] += changes[column].delta
      }
    case .initial(let name):
      guard var state = batch.initial.removeValue(forKey: name) else { return }
      for column in columns {
        state[column, changes[column].index % state.shape[1]] += changes[column].delta
      }
      batch.initial[name] = state
    case .sequence, .final, .cotangent: break
    }
  }

  /// A tensor [T,B,N] or [B,N] with so many copies of one element in place of the B: [T,n,N] or [n,N].
  private static func copies(
    _ width: Int, of tensor: Tensor<Double>, element: Int, rows: Int
  ) -> Tensor<Double> {
    let (units, batch) = (tensor.shape.last ?? 1, tensor.shape.dropLast().last ?? 1)
    var copies = Tensor<Double>(zeros: tensor.shape.dropLast(2) + [width, units])
    copies.withUnsafeMutableScalars { target in
      tensor.withUnsafeScalars { source in
        for row in 0..<rows {
          let own = (row * batch + element) * units
          for column in 0..<width {
            let start = (row * width + column) * units
            for unit in 0..<units { target[start + unit] = source[own + unit] }
          }
        }
      }
    }
    return copies
  }
}
