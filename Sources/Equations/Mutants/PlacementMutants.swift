extension Expression {
  /// ⊙ moved across a matrix product, and a matrix applied to a part of what it is applied to.
  ///
  /// ```
  /// r ⊙ W h ↔ W (r ⊙ h)        W (a + b) → W a + b
  /// ```
  var placementChanges: [EquationChange] {
    sites.flatMap { position, part -> [EquationChange] in
      part.otherPlacements.map {
        EquationChange(
          kind: .placement, words: "\($0.text) for \(part.text)",
          expression: replacing(position, by: $0))
      }
    }
  }

  private var otherPlacements: [Expression] {
    var found: [Expression] = []
    if case .hadamard(let a, let b) = self {
      if case .product(let matrix, let v) = b { found.append(.product(matrix, .hadamard(a, v))) }
      if case .product(let matrix, let v) = a { found.append(.product(matrix, .hadamard(v, b))) }
    }
    if case .product(let matrix, let operand) = self {
      switch operand {
      case .hadamard(let a, let b):
        found += [.hadamard(a, .product(matrix, b)), .hadamard(.product(matrix, a), b)]
      case .sum(let a, let b):
        found += [.sum(.product(matrix, a), b), .sum(a, .product(matrix, b))]
      default: break
      }
    }
    return found
  }
}
