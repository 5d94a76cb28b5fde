extension Equation {
  /// Every signal read one step earlier, and one step later where that is still in the past or can be
  /// computed first.
  ///
  /// Of a signal without an initial state there is nothing before the first step: it reads as zero.
  func timeChanges(in formulation: Formulation) -> [EquationChange] {
    guard time != .last else { return [] }
    return expression.sites.flatMap { position, part -> [EquationChange] in
      guard case .signal(let symbol, .step(let offset)) = part else { return [] }
      return [offset - 1, offset + 1].filter { $0 <= 0 }.map { moved in
        let other = Expression.signal(symbol, .step(moved))
        return EquationChange(
          kind: .time, words: "\(other.text) for \(part.text)",
          expression: expression.replacing(position, by: other))
      }
    }
  }
}
