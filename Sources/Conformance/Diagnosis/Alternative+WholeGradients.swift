import Equations
import GoldenFixtures
import Oracle
import Tensors

// Wrong gradients that no single changed term gives.

extension Alternative {
  /// Gradients wrong in several places at once: two gates exchanged, every matrix transposed.
  ///
  /// - Throws: `EquationError` where the gradients cannot be derived.
  static func wholeGradients(of formulation: Formulation) throws(EquationError) -> [Alternative] {
    let reference = try Reference(formulation)
    return try [transposedBack(formulation)] + gateExchanges(of: reference)
  }

  /// Every square matrix is transposed on the way back.
  private static func transposedBack(
    _ formulation: Formulation
  ) throws(EquationError) -> Alternative {
    var system = try GradientSystem(of: formulation)
    let square = Set(
      formulation.parameters.filter { $0.shape.columns == [$0.shape.rows] }.map(\.symbol))
    func transposed(_ expression: Expression) -> Expression {
      expression.rewritten { part in
        guard case .product(let matrix, let vector) = part, square.contains(matrix.symbol) else {
          return part
        }
        return .product(matrix.transpose, vector)
      }
    }
    for index in system.adjoints.indices {
      system.adjoints[index].contributions = system.adjoints[index].contributions.map(transposed)
    }
    return Alternative(
      .gradients, "every square matrix is transposed on the way back", .transpose,
      Reference(formulation, gradients: system))
  }

  /// The gradients of two gates' parameters are exchanged.
  private static func gateExchanges(of reference: Reference) -> [Alternative] {
    let gates = reference.formulation.equations.map { equation in
      (
        signal: equation.signal,
        parameters: equation.expression.parameters(in: reference.formulation)
      )
    }.filter { !$0.parameters.isEmpty }
    return gates.indices.flatMap { a in
      gates.indices.dropFirst(a + 1).compactMap { b -> Alternative? in
        let (left, right) = (gates[a].parameters, gates[b].parameters)
        guard left.map(\.shape) == right.map(\.shape), Set(left).isDisjoint(with: right) else {
          return nil
        }
        var other: [String: String] = [:]
        for (x, y) in zip(left, right) {
          other[x.name] = y.name
          other[y.name] = x.name
        }
        let map = other
        return Alternative(
          .handling,
          "the gradients of the parameters of \(gates[a].signal.name) and \(gates[b].signal.name)"
            + " are exchanged", .gateOrder, reference,
          handling: Handling(answers: { result, _ in
            var exchanged = result
            for (name, source) in map {
              exchanged.answers[.parameter(name)] = result.answers[.parameter(source)]
              exchanged.scales[.parameter(name)] = result.scales[.parameter(source)]
            }
            return exchanged
          }))
      }
    }
  }
}

extension Expression {
  /// The parameters that an expression uses, in the order of their use.
  fileprivate func parameters(in formulation: Formulation) -> [Parameter] {
    var found: [Parameter] = []
    forEach { part in
      let symbol: Symbol? =
        switch part {
        case .vector(let symbol): symbol
        case .product(let matrix, _): matrix.symbol
        default: nil
        }
      guard let parameter = formulation.parameters.first(where: { $0.symbol == symbol }),
        !found.contains(parameter)
      else { return }
      found.append(parameter)
    }
    return found
  }
}
