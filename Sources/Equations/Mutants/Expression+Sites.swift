// A site is a part of an expression by its position in the order of `forEach`: the innermost first.

extension Expression {
  /// Every part with its position.
  var sites: [(position: Int, part: Expression)] {
    var parts: [Expression] = []
    forEach { parts.append($0) }
    return parts.enumerated().map { ($0, $1) }
  }

  /// The expression with the part at one position replaced.
  func replacing(_ position: Int, by part: Expression) -> Expression {
    var next = 0
    return rewritten { old in
      defer { next += 1 }
      return next == position ? part : old
    }
  }

  /// Whether it is joined from addends.
  var isSumOrDifference: Bool {
    switch self {
    case .sum, .difference: true
    default: false
    }
  }
}
