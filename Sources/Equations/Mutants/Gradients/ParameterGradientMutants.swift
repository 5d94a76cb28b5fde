extension GradientMutants {
  /// Adds the wrong gradients of the input.
  mutating func addInputGradients() {
    for (index, expression) in original.input.enumerated() {
      for change in expression.gradientChanges(in: formulation) {
        add(change.kind, change.words, at: .input) { $0.input[index] = change.expression }
      }
      add(.term, "drops \(expression.text)", at: .input) { $0.input.remove(at: index) }
      if original.input.count > 1 {
        add(.overwritten, "\(expression.text) overwrites the rest", at: .input) {
          $0.input = [expression]
        }
      }
    }
  }

  /// Adds the wrong gradients of the parameters.
  mutating func addParameterGradients() {
    for (index, parameter) in original.parameters.enumerated() {
      let place = GradientMutant.Place.parameter(parameter.symbol)
      for (term, right) in parameter.terms.enumerated() {
        add(.term, "drops the sum of \(right.words)", at: place) {
          $0.parameters[index].terms.remove(at: term)
        }
        add(.term, "doubles \(right.words)", at: place) {
          $0.parameters[index].terms.append(right)
        }
        add(.term, "negates \(right.words)", at: place) {
          $0.parameters[index].terms[term] = right.with(cotangent: right.cotangent.negated)
        }
        for other in others(than: right) {
          add(.gate, "\(other.words) for \(right.words)", at: place) {
            $0.parameters[index].terms[term] = other
          }
        }
        for change in right.cotangent.factorChanges {
          add(.term, change.words, at: place) {
            $0.parameters[index].terms[term] = right.with(cotangent: change.expression)
          }
        }
        for change in right.cotangent.staleReads(in: formulation) {
          add(.stale, change.words, at: place) {
            $0.parameters[index].terms[term] = right.with(cotangent: change.expression)
          }
        }
        guard let operand = right.operand else { continue }
        for change in operand.staleReads(in: formulation) {
          add(.stale, change.words, at: place) {
            $0.parameters[index].terms[term] = right.with(operand: change.expression)
          }
        }
        if right.isSquare(in: formulation) {
          add(.transpose, "\(right.words) transposed", at: place) {
            $0.parameters[index].terms[term] = .init(
              cotangent: operand, operand: right.cotangent, matrix: right.matrix)
          }
        }
      }
      if parameter.terms.count > 1 {
        for term in parameter.terms {
          add(.overwritten, "\(term.words) overwrites the rest", at: place) {
            $0.parameters[index].terms = [term]
          }
        }
      }
    }
  }

  /// The term with the gradient of every other signal of the same shape in the place of its own.
  private func others(
    than term: GradientSystem.ParameterGradient.Term
  ) -> [GradientSystem.ParameterGradient.Term] {
    guard case .signal(let own, .step(0)) = term.cotangent,
      let adjoint = original.adjoints.first(where: { $0.symbol == own })
    else { return [] }
    return original.adjoints.filter {
      $0.symbol != own && !$0.isAtOneStepAlone
        && formulation.axis(of: $0.signal) == formulation.axis(of: adjoint.signal)
    }.map { term.with(cotangent: .signal($0.symbol, .step(0))) }
  }
}

extension GradientSystem.ParameterGradient.Term {
  fileprivate func with(cotangent: Expression? = nil, operand: Expression? = nil) -> Self {
    Self(
      cotangent: cotangent ?? self.cotangent, operand: operand ?? self.operand, matrix: matrix)
  }

  fileprivate var words: String {
    cotangent.text + (operand.map { " (\($0.text))ᵀ" } ?? "")
  }

  fileprivate func isSquare(in formulation: Formulation) -> Bool {
    guard let matrix, let shape = formulation.shape(of: matrix.symbol), let columns = shape.columns
    else { return false }
    return columns[matrix.columns?.index ?? 0] == shape.rows
  }
}
