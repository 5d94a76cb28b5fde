import Equations
import Tensors

/// Where the slots of a formulation lie in its parameters' tensors.
struct SlotLayout {
  private let shapes: [Symbol: ParameterShape]
  private let sizes: Sizes

  init(_ formulation: Formulation, sizes: Sizes) {
    shapes = Dictionary(
      formulation.parameters.map { ($0.symbol, $0.shape) }, uniquingKeysWith: { first, _ in first })
    self.sizes = sizes
  }

  /// The positions of a slot's numbers in its tensor, row by row.
  func positions(of slot: Slot) -> [Int] {
    guard let shape = shapes[slot.symbol] else { return [] }
    let height = sizes[shape.rows]
    let firstRow = (slot.rows?.index ?? 0) * height
    guard let columns = shape.columns else { return Array(firstRow..<(firstRow + height)) }
    let widths = columns.map { sizes[$0] }
    let total = widths.reduce(0, +)
    let column = slot.columns?.index ?? 0
    guard widths.indices.contains(column) else { return [] }
    let firstColumn = widths.prefix(column).reduce(0, +)
    return (firstRow..<(firstRow + height)).flatMap { row in
      (firstColumn..<(firstColumn + widths[column])).map { row * total + $0 }
    }
  }
}
