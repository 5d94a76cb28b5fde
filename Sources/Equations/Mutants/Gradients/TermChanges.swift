/// One change of a term of a gradient.
struct GradientChange {
  let kind: GradientMutant.Kind
  let words: String
  let expression: Expression
}

extension Expression {
  /// Every change of a term that adds to a gradient, but for dropping it.
  func gradientChanges(in formulation: Formulation) -> [GradientChange] {
    var changes = [
      GradientChange(kind: .term, words: "doubles \(text)", expression: doubled),
      GradientChange(kind: .term, words: "negates \(text)", expression: negated),
    ]
    // What is inside belongs to the derivatives of the activations that stand in other equations.
    changes += factorChanges.map {
      GradientChange(kind: .derivative, words: $0.words, expression: $0.expression)
    }
    changes += sites.compactMap { position, part in
      guard case .difference(let a, let b) = part else { return nil }
      return GradientChange(
        kind: .derivative, words: "\(a.text) + \(b.text) for \(part.text)",
        expression: replacing(position, by: .sum(a, b)))
    }
    changes += staleReads(in: formulation)
    changes += transpositions(in: formulation).map {
      GradientChange(kind: .transpose, words: $0.words, expression: $0.expression)
    }
    changes += otherMatrices(in: formulation)
    return changes
  }

  /// Every signal of the forward pass read at the step before and at the one after.
  func staleReads(in formulation: Formulation) -> [GradientChange] {
    sites.flatMap { position, part -> [GradientChange] in
      guard case .signal(let symbol, .step(let offset)) = part, formulation.axes[symbol] != nil
      else { return [] }
      return [offset - 1, offset + 1].map { moved in
        let other = Expression.signal(symbol, .step(moved))
        return GradientChange(
          kind: .stale, words: "\(other.text) for \(part.text)",
          expression: replacing(position, by: other))
      }
    }
  }

  /// Every matrix replaced by the next parameter of its shape, which is another gate's.
  private func otherMatrices(in formulation: Formulation) -> [GradientChange] {
    sites.compactMap { position, part in
      guard case .product(let matrix, let vector) = part, matrix.rows == nil,
        matrix.columns == nil,
        let index = formulation.parameters.firstIndex(where: { $0.symbol == matrix.symbol })
      else { return nil }
      let parameters = formulation.parameters
      let others = parameters[(index + 1)...] + parameters[..<index]
      guard let other = others.first(where: { $0.shape == parameters[index].shape }) else {
        return nil
      }
      let wrong = Matrix(other.symbol, isTransposed: matrix.isTransposed)
      let result = Expression.product(wrong, vector)
      return GradientChange(
        kind: .gate, words: "\(result.text) for \(part.text)",
        expression: replacing(position, by: result))
    }
  }

  /// Whether it reads what the step after computed.
  var readsNextStep: Bool {
    reads.contains {
      if case .step(let offset) = $0.time { return offset > 0 }
      return false
    }
  }
}
