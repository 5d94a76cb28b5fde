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

    for (column, change) in changes.enumerated() {
      switch change.quantity {
      case .parameter(let name):
        parameterChanges[name, default: []].append(
          .init(column: column, position: change.index, delta: change.delta))
      case .inputs:
        let step = change.index / (source.batch * source.inputSize)
        batch.x[step, column, change.index % source.inputSize] += change.delta
      case .initial(let name):
        let units = source.initial[name]?.shape[1] ?? 1
        batch.initial[name]?[column, change.index % units] += change.delta
      case .sequence, .final, .cotangent: break
      }
    }
  }

  /// A tensor [T,B,N] or [B,N] with so many copies of one element in place of the B: [T,n,N] or [n,N].
  private static func copies(
    _ width: Int, of tensor: Tensor<Double>, element: Int, rows: Int
  ) -> Tensor<Double> {
    let (units, batch) = (tensor.shape.last ?? 1, tensor.shape.dropLast().last ?? 1)
    let source = tensor.scalars
    var copies = Tensor<Double>(zeros: tensor.shape.dropLast(2) + [width, units])
    copies.withUnsafeMutableScalars { target in
      for row in 0..<rows {
        let own = (row * batch + element) * units
        for column in 0..<width {
          let start = (row * width + column) * units
          for unit in 0..<units { target[start + unit] = source[own + unit] }
        }
      }
    }
    return copies
  }
}
