import Tensors

/// Which elements of a ragged batch a step does not belong to.
struct Padding {
  /// The steps that belong to some element; none in an empty batch.
  let steps: Range<Int>
  private let lengths: [Int]?

  /// The padding of a batch whose lengths were checked.
  init(lengths: [Int]?, steps: Int, batch: Int) {
    self.steps = 0..<(batch == 0 ? 0 : lengths?.max() ?? steps)
    self.lengths = lengths
  }

  /// The batch elements that ended before a step.
  func elements(at step: Int) -> [Int] {
    lengths?.indices.filter { (lengths?[$0] ?? 0) <= step } ?? []
  }
}

extension Batch {
  /// The same with some rows taken from another batch of the same shape.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  consuming func replacing(_ elements: [Int], with other: Batch) -> Batch {
    guard !elements.isEmpty else { return self }
    precondition(rows == other.rows && columns == other.columns)
    for row in elements {
      let range = row * columns..<(row + 1) * columns
      scalars.replaceSubrange(range, with: other.scalars[range])
    }
    return self
  }

  /// The same with some rows set to zero.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  consuming func clearing(_ elements: [Int]) -> Batch {
    guard !elements.isEmpty else { return self }
    let zeros = Batch(zeros: rows, columns)
    return replacing(elements, with: zeros)
  }
}
