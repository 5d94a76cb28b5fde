/// Nodes by what they are, step and element, in one array.
///
/// Steps go from some before the first one to some beyond the last one; one more row is that of what is computed
/// at the end alone.
struct PlaceTable {
  private let steps: Range<Int>
  private let batch: Int
  private var nodes: [Int32]

  /// A table without nodes, of `rows` of what there is at every step of every element.
  init(rows: Int, steps: Range<Int>, batch: Int) {
    self.steps = steps
    self.batch = batch
    nodes = Array(repeating: -1, count: rows * (steps.count + 1) * batch)
  }

  /// The node at a place; nil where there is none.
  subscript(row: Int, step: Int, element: Int) -> Graph.NodeID? {
    get {
      let node = nodes[position(row, step, element)]
      return node < 0 ? nil : Int(node)
    }
    set { nodes[position(row, step, element)] = newValue.map { Int32($0) } ?? -1 }
  }

  private func position(_ row: Int, _ step: Int, _ element: Int) -> Int {
    let step = step == GraphBuilder.afterLastStep ? steps.count : step - steps.lowerBound
    return (row * (steps.count + 1) + step) * batch + element
  }
}
