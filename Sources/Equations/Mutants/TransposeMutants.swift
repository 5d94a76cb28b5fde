extension Expression {
  /// Every square matrix transposed.
  func transpositions(in formulation: Formulation) -> [EquationChange] {
    sites.compactMap { position, part in
      guard case .product(let matrix, let vector) = part,
        let shape = formulation.shape(of: matrix.symbol), let columns = shape.columns,
        columns[matrix.columns?.index ?? 0] == shape.rows
      else { return nil }
      let other = Expression.product(matrix.transpose, vector)
      return EquationChange(
        kind: .transpose, words: "\(other.text) for \(part.text)",
        expression: replacing(position, by: other))
    }
  }
}

extension GradientSystem {
  /// The gradients of a wrong formulation, whose matrices may be transposed.
  ///
  /// The gradient of M where Mᵀ v is read is v ḡᵀ, not ḡ vᵀ.
  ///
  /// - Throws: as `init(of:)`.
  init(ofMutant formulation: Formulation) throws(EquationError) {
    try self.init(of: formulation)
    for index in parameters.indices {
      parameters[index].terms = parameters[index].terms.map { term in
        guard let matrix = term.matrix, matrix.isTransposed, let operand = term.operand else {
          return term
        }
        return ParameterGradient.Term(
          cotangent: operand, operand: term.cotangent, matrix: matrix.transpose)
      }
    }
  }
}
