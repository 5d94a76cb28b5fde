// Terms dropped, doubled and negated; factors dropped and added; terms on the wrong side of an activation.

extension Expression {
  /// Every addend dropped, doubled and negated; and what stands alone doubled and negated.
  var termChanges: [EquationChange] {
    var changes: [EquationChange] = []
    func change(_ term: Expression, _ verb: String, _ result: Expression, at position: Int) {
      changes.append(
        EquationChange(
          kind: term.termKind, words: "\(verb) \(term.text)",
          expression: replacing(position, by: result)))
    }
    for (position, part) in sites {
      switch part {
      case .sum(let a, let b):
        if !a.isSumOrDifference {
          change(a, "drops", b, at: position)
          change(a, "doubles", .sum(a.doubled, b), at: position)
          change(a, "negates", .sum(.negation(a), b), at: position)
        }
        if !b.isSumOrDifference {
          change(b, "drops", a, at: position)
          change(b, "doubles", .sum(a, b.doubled), at: position)
          change(b, "negates", .difference(a, b), at: position)
        }
      case .difference(let a, let b):
        if !a.isSumOrDifference {
          change(a, "drops", .negation(b), at: position)
          change(a, "doubles", .difference(a.doubled, b), at: position)
          change(a, "negates", .difference(.negation(a), b), at: position)
        }
        if !b.isSumOrDifference {
          change(b, "drops", a, at: position)
          change(b, "doubles", .difference(a, b.doubled), at: position)
          change(b, "negates", .sum(a, b), at: position)
        }
      case .apply(let function, let argument):
        change(argument, "negates", .apply(function, .negation(argument)), at: position)
        if !argument.isSumOrDifference {
          change(argument, "doubles", .apply(function, argument.doubled), at: position)
        }
      default: break
      }
    }
    let root = sites.count - 1
    change(self, "negates", .negation(self), at: root)
    if !isSumOrDifference { change(self, "doubles", doubled, at: root) }
    return changes
  }

  /// Every factor of ⊙ dropped, and every ⊙ read as +.
  var factorChanges: [EquationChange] {
    var changes: [EquationChange] = []
    for (position, part) in sites {
      guard case .hadamard(let a, let b) = part else { continue }
      for (dropped, kept) in [(a, b), (b, a)] {
        changes.append(
          EquationChange(
            kind: .term, words: "drops the factor \(dropped.text)",
            expression: replacing(position, by: kept)))
      }
      changes.append(
        EquationChange(
          kind: .term, words: "\(a.text) + \(b.text) for \(part.text)",
          expression: replacing(position, by: .sum(a, b))))
    }
    return changes
  }

  /// A bias or a peephole added after an activation instead of inside it.
  var misplacedTerms: [EquationChange] {
    var changes: [EquationChange] = []
    for (position, part) in sites {
      guard case .apply(let function, let argument) = part else { continue }
      for (inner, sum) in argument.sites {
        guard case .sum(let a, let b) = sum, argument.isOuterSum(inner) else { continue }
        for (moved, kept) in [(a, b), (b, a)] where [.bias, .peephole].contains(moved.termKind) {
          changes.append(
            EquationChange(
              kind: moved.termKind, words: "adds \(moved.text) after \(function.name)",
              expression: replacing(
                position, by: .sum(.apply(function, argument.replacing(inner, by: kept)), moved))))
        }
      }
    }
    return changes
  }

  /// Whether the part at a position is the whole expression or a sum that it is made of.
  private func isOuterSum(_ position: Int) -> Bool {
    let last = sites.count - 1
    if position == last { return true }
    guard case .sum(let a, let b) = self else { return false }
    let left = a.sites.count
    return position < left
      ? a.isOuterSum(position) : position < left + b.sites.count && b.isOuterSum(position - left)
  }

  /// `a + a`.
  var doubled: Expression { .sum(self, self) }

  /// What kind of term it is.
  private var termKind: EquationMutant.Kind {
    switch self {
    case .vector: .bias
    case .hadamard(.vector, .signal), .hadamard(.signal, .vector): .peephole
    default: .term
    }
  }
}
