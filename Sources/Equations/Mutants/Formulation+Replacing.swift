extension Formulation {
  /// The formulation with some right-hand sides replaced by others of the same shape.
  ///
  /// Everything else, parameters and states that no equation reads any more too, is as it was.
  ///
  /// - Parameter expressions: the new right-hand sides by the equations' positions.
  /// - Returns: nil where a shape does not fit, or a signal would be needed before it is computed.
  func replacing(_ expressions: [Int: Expression]) -> Formulation? {
    var changed = self
    for (index, expression) in expressions {
      guard equations.indices.contains(index), expression.fits(equations[index].signal, in: self)
      else { return nil }
      changed.equations[index].expression = expression
    }
    // Of an input at an earlier step there is none before the first one, which no document may ask for;
    // for the order it is as good as the step's own.
    let ordered = changed.equations.map { equation in
      Equation(
        equation.signal, at: equation.time,
        equation.expression.rewritten {
          if case .signal(input, .step) = $0 { return .signal(input, .step(0)) }
          return $0
        })
    }
    guard let definitions = try? Definitions(ordered, input: input, place: { ($0 + 1, nil) })
    else { return nil }
    changed.phases = definitions.schedule.phases
    changed.order = changed.phases.flatMap(\.positions) + definitions.schedule.ends
    return changed
  }
}

extension Expression {
  /// Whether the expression can be the right-hand side of a signal, by the shapes that the formulation has.
  fileprivate func fits(_ signal: Symbol, in formulation: Formulation) -> Bool {
    do throws(Misfit) {
      let found = try axis(in: formulation)
      return found == nil || found == formulation.axis(of: signal)
    } catch {
      return false
    }
  }

  private struct Misfit: Error {}

  /// The axis of the vector; nil for a number, which fits any.
  private func axis(in formulation: Formulation) throws(Misfit) -> Axis? {
    switch self {
    case .signal(let symbol, _): return formulation.axis(of: symbol)
    case .vector(let symbol): return formulation.shape(of: symbol)?.rows
    case .product(let matrix, let vector):
      let operand = try vector.axis(in: formulation)
      guard let shape = formulation.shape(of: matrix.symbol), let columns = shape.columns else {
        throw Misfit()
      }
      let column = columns[matrix.columns?.index ?? 0]
      let (from, to) = matrix.isTransposed ? (shape.rows, column) : (column, shape.rows)
      guard operand == from else { throw Misfit() }
      return to
    default:
      var found: Axis?
      for operand in operands {
        guard let axis = try operand.axis(in: formulation) else { continue }
        guard found == nil || found == axis else { throw Misfit() }
        found = axis
      }
      return found
    }
  }
}

extension Formulation {
  /// The shape of a parameter.
  func shape(of parameter: Symbol) -> ParameterShape? {
    parameters.first { $0.symbol == parameter }?.shape
  }
}
