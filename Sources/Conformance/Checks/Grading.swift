import Tensors

/// The comparison of a subject's answers with what is right, element by element.
package struct Grading {
  /// The first element that departs, by phase, step and then quantity.
  package private(set) var first: Deviation?
  /// The first element that is suspect.
  private(set) var firstSuspect: Deviation?
  /// The element with the largest error over tolerance.
  package private(set) var worst: Deviation?
  /// How many elements depart.
  package private(set) var failures = 0
  /// How many elements are suspect.
  private(set) var suspects = 0
  /// How many elements were looked at.
  package private(set) var elements = 0
  /// The quantities that are expected and not answered.
  package private(set) var missing: [Quantity] = []
  /// What has another shape than is expected, in words.
  package private(set) var malformed: String?

  /// How far an element may lie from what is right, by its position and what is right.
  package typealias Bound = (_ index: Int, _ expected: Double) -> Double

  /// Grades quantities in the given order; among their elements the order is that of the steps.
  ///
  /// - Parameters:
  ///   - order: quantities in the order in which a fault spreads.
  ///   - walk: the way in which a fault spreads over a quantity's steps.
  ///   - expected: the right answers.
  ///   - tolerance: of the elements of a quantity.
  ///   - suspicion: what makes the elements of a quantity suspect within their tolerances; nil where nothing
  ///     does.
  package init(
    _ answers: Answers<Double>, order: [Quantity], walk: (Quantity) -> StepWalk,
    expected: Answers<Double>, tolerance: (Quantity) -> Bound,
    suspicion: (Quantity) -> Bound? = { _ in nil }
  ) {
    var firstRank: (Int, Int, Int)?
    var firstSuspectRank: (Int, Int, Int)?
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
      let (tolerance, suspicion) = (tolerance(quantity), suspicion(quantity))
      let stepSize = max(right.shape.dropFirst().reduce(1, *), 1)
      elements += right.count
      for index in 0..<right.count {
        let element = ElementError(
          found: found[index], expected: right[index], tolerance: tolerance(index, right[index]),
          suspicion: suspicion?(index, right[index]))
        // Most elements are neither the worst nor wrong: what names one is made for those that are.
        var deviation: Deviation {
          Deviation(
            quantity: quantity, index: index, position: right.position(of: index), element)
        }
        if worst.map({ element.ratio > $0.ratio }) ?? true { worst = deviation }
        guard element.departs || element.isSuspect else { continue }
        let (phase, step) = walk(quantity).place(
          of: quantity.hasSteps ? index / stepSize : nil)
        guard element.departs else {
          suspects += 1
          if firstSuspectRank.map({ (phase, step, rank) < $0 }) ?? true {
            firstSuspect = deviation
            firstSuspectRank = (phase, step, rank)
          }
          continue
        }
        failures += 1
        if firstRank.map({ (phase, step, rank) < $0 }) ?? true {
          first = deviation
          firstRank = (phase, step, rank)
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
