import Tensors

/// A number beside what is right.
struct ElementError {
  let found: Double
  let expected: Double
  let tolerance: Double
  let suspicion: Double?

  /// The error; infinite where the number is not one.
  var error: Double { found.isFinite ? (found - expected).magnitude : .infinity }

  /// The error in tolerances.
  var ratio: Double { error == 0 ? 0 : (tolerance > 0 ? error / tolerance : .infinity) }

  /// Whether it is a failure.
  var departs: Bool { !(error <= tolerance) }

  /// Whether it is no failure, and larger than roundings are likely to make it.
  var isSuspect: Bool { !departs && suspicion.map { error > $0 } ?? false }
}

extension Deviation {
  /// An element that was looked at.
  init(quantity: Quantity, index: Int, position: [Int], _ element: ElementError) {
    self.init(
      quantity: quantity, index: index, position: position, found: element.found,
      expected: element.expected, tolerance: element.tolerance, suspicion: element.suspicion)
  }
}

extension Quantity {
  /// Whether its first axis is that of the steps.
  var hasSteps: Bool {
    switch self {
    case .sequence, .inputs, .cotangent: true
    case .final, .parameter, .initial: false
    }
  }
}
