import Equations
import Tensors

/// The rows and columns of a matrix that one gate or one operand has.
struct MatrixBlock: Hashable, Comparable {
  let rows: Range<Int>
  let columns: Range<Int>

  static func < (left: MatrixBlock, right: MatrixBlock) -> Bool {
    (left.rows.lowerBound, left.columns.lowerBound)
      < (right.rows.lowerBound, right.columns.lowerBound)
  }
}

extension Evaluation {
  /// The part of a parameter; all of it where no matrix says which.
  func block(of matrix: Matrix?, _ parameter: Parameter) -> MatrixBlock {
    let height = sizes[parameter.shape.rows]
    let widths = (parameter.shape.columns ?? []).map { sizes[$0] }
    let row = matrix?.rows?.index ?? 0
    let rows = matrix == nil ? height * parameter.shape.rowBlocks : height
    guard let column = matrix?.columns?.index, widths.indices.contains(column) else {
      let width = widths.isEmpty ? 1 : widths.reduce(0, +)
      return MatrixBlock(rows: (row * height)..<(row * height + rows), columns: 0..<width)
    }
    let start = widths[..<column].reduce(0, +)
    return MatrixBlock(
      rows: (row * height)..<(row * height + rows), columns: start..<(start + widths[column]))
  }
}

extension Case<Double> {
  /// I, H and O, from the tensors of the case.
  func sizes(for formulation: Formulation) -> Sizes {
    var sizes = Sizes(input: batch.inputSize, hidden: 0)
    for state in formulation.states where formulation.axis(of: state) == .hidden {
      sizes.hidden = batch.initial[state.name]?.shape.last ?? sizes.hidden
    }
    for parameter in formulation.parameters {
      let rows = (parameters[parameter.name]?.shape.first ?? 0) / parameter.shape.rowBlocks
      switch parameter.shape.rows {
      case .input: break
      case .hidden: sizes.hidden = rows
      case .output: sizes.output = rows
      }
    }
    return sizes
  }
}
