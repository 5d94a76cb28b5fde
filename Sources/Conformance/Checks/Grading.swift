import Tensors

/// The comparison of a subject's answers with what is right, element by element.
package struct Grading {
  /// The first element that departs, by step and then by quantity.
  package private(set) var first: Deviation?
  /// The element with the largest error over tolerance.
  package private(set) var worst: Deviation?
  /// How many elements depart.
  package private(set) var failures = 0
  /// How many elements were looked at.
  package private(set) var elements = 0
  /// The quantities that are expected and not answered.
  package private(set) var missing: [Quantity] = []
  /// What has another shape than is expected, in words.
  package private(set) var malformed: String?

  /// Grades quantities in the given order; among their elements the order is that of the steps.
  ///
  /// - Parameters:
  ///   - order: quantities in the order in which a fault spreads.
  ///   - backward: whether a fault spreads from the last step to the first.
  ///   - expected: the right answers.
  ///   - tolerance: of an element of a quantity.
  package init(
    _ answers: Answers<Double>, order: [Quantity], backward: Bool, expected: Answers<Double>,
    tolerance: (Quantity, Int, Double) -> Double
  ) {
    var firstRank: (Int, Int)?
    for (rank, quantity) in order.enumerated() {
      guard let right = expected[quantity] else { continue }
      guard let found = answers[quantity] else {
        missing.append(quantity)
        continue
      }
      guard found.shape == right.shape else {
        malformed =
          malformed ?? "\(quantity.path): the shape is \(found.shape), expected \(right.shape)"
        continue
      }
      for index in 0..<right.count {
        let deviation = Deviation(
          quantity: quantity, index: index, position: right.position(of: index),
          found: found[index], expected: right[index],
          tolerance: tolerance(quantity, index, right[index]))
        elements += 1
        if worst.map({ deviation.ratio > $0.ratio }) ?? true { worst = deviation }
        guard deviation.departs else { continue }
        failures += 1
        let step = deviation.step.map { backward ? -$0 : $0 } ?? .max
        if firstRank.map({ (step, rank) < $0 }) ?? true {
          first = deviation
          firstRank = (step, rank)
        }
      }
    }
  }
}

extension Tensor {
  /// The indices of an element along each axis.
  func position(of index: Int) -> [Int] {
    var rest = index
    var position: [Int] = []
    for extent in shape.reversed() {
      position.append(extent > 0 ? rest % extent : 0)
      rest /= max(extent, 1)
    }
    return position.reversed()
  }
}
