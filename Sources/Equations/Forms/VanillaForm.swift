/// A cell without gates: one state that reaches the next step through one matrix and one function.
///
/// ```
/// h_t = f(W h_{t-1} + …)          ∂h_t/∂h_{t-1} = diag f′ W
/// h_t = W f(h_{t-1}) + …          ∂h_t/∂h_{t-1} = W diag f′
/// ```
/// Either way the norm of the Jacobian is at most that of W times the greatest |f′|.
public struct VanillaForm: Hashable, Sendable {
  /// The state.
  public let state: Symbol
  /// W.
  public let matrix: Matrix
  /// f.
  public let function: Function
}

extension Formulation {
  /// The form of a cell without gates; nil where the cell has another.
  public var vanillaForm: VanillaForm? {
    guard states.count == 1, let state = states.first, longestLag == 1,
      let equation = equations.first(where: { $0.signal == state }), equation.time == .step(0)
    else { return nil }
    let expression = inlined(equation.expression, depth: equations.count)
    // A signal of the same step may carry the past by another road.
    guard
      expression.reads.allSatisfy({
        $0.symbol == input || ($0.symbol == state && $0.time == .step(-1))
      })
    else { return nil }
    let past = Expression.signal(state, .step(-1))
    if case .apply(let function, let argument) = expression, function.activation.isElementwise,
      let matrix = argument.onlyMatrix(of: past, reading: state)
    {
      return VanillaForm(state: state, matrix: matrix, function: function)
    }
    for case .apply(let function, past) in expression.parts
    where function.activation.isElementwise {
      if let matrix = expression.onlyMatrix(of: .apply(function, past), reading: state) {
        return VanillaForm(state: state, matrix: matrix, function: function)
      }
    }
    return nil
  }
}

extension Expression {
  /// The expression and everything in it.
  fileprivate var parts: [Expression] {
    var found: [Expression] = []
    forEach { found.append($0) }
    return found
  }

  /// The addends of a sum, whatever their signs.
  fileprivate var addends: [Expression] {
    switch self {
    case .sum(let a, let b), .difference(let a, let b): a.addends + b.addends
    case .negation(let a): a.addends
    default: [self]
    }
  }

  /// W, where exactly one addend reads the state and is `W operand`.
  fileprivate func onlyMatrix(of operand: Expression, reading state: Symbol) -> Matrix? {
    let reading = addends.filter { $0.reads.contains { $0.symbol == state } }
    guard reading.count == 1, case .product(let matrix, operand)? = reading.first else {
      return nil
    }
    return matrix
  }
}
