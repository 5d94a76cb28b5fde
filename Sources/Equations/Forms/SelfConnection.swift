/// The linear path of a state from one step to the next, unit by unit.
///
/// ```
/// s_t = weight ⊙ s_{t-1} + rest
///
/// leaky unit     h_t = α ⊙ h_{t-1} + (1 − α) ⊙ F(h_{t-1}, x_t)        weight α
/// LSTM           c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t                      weight f_t
/// GRU            h_t = (1 − z_t) ⊙ h_{t-1} + z_t ⊙ h̃_t               weight 1 − z_t
/// ```
/// What reads s_{t-1} through a matrix or a function is part of the rest.
public struct SelfConnection: Hashable, Sendable {
  /// The state.
  public let state: Symbol
  /// What s_{t-1} is multiplied by.
  public let weight: Expression
  /// What is added to it.
  public let rest: Expression
}

extension Formulation {
  /// The self-connections of the states that have one, in the states' order.
  ///
  /// Signals of the same step that are neither states nor a function's value, such as a product that a
  /// document names, are read as what they stand for.
  public var selfConnections: [SelfConnection] {
    states.compactMap { state in
      guard let equation = equations.first(where: { $0.signal == state }),
        equation.time == .step(0),
        let (weight, rest) = inlined(equation.expression, depth: equations.count)
          .linearPart(in: state),
        weight != .number(0)
      else { return nil }
      return SelfConnection(state: state, weight: weight, rest: rest)
    }
  }

  /// The expression with what is only named on the way written out.
  ///
  /// - Parameter depth: how many names may stand in each other; there are never more than equations.
  func inlined(_ expression: Expression, depth: Int) -> Expression {
    guard depth > 0 else { return expression }
    return expression.rewritten {
      guard case .signal(let symbol, .step(0)) = $0, !states.contains(symbol),
        let equation = equations.first(where: { $0.signal == symbol }), equation.time == .step(0),
        !equation.expression.isApplication
      else { return $0 }
      return inlined(equation.expression, depth: depth - 1)
    }
  }
}

extension Expression {
  fileprivate var isApplication: Bool {
    if case .apply = self { return true }
    return false
  }

  /// The expression as `weight ⊙ s_{t-1} + rest`; nil where s_{t-1} is multiplied by itself.
  fileprivate func linearPart(in state: Symbol) -> (weight: Expression, rest: Expression)? {
    switch self {
    case .signal(state, .step(-1)): return (.number(1), .number(0))
    case .number, .signal, .vector, .product, .apply, .inner: return (.number(0), self)
    case .negation(let a):
      return a.linearPart(in: state).map { ($0.weight.opposite, $0.rest.opposite) }
    case .sum(let a, let b):
      guard let p = a.linearPart(in: state), let q = b.linearPart(in: state) else { return nil }
      return (p.weight.plus(q.weight), p.rest.plus(q.rest))
    case .difference(let a, let b):
      guard let p = a.linearPart(in: state), let q = b.linearPart(in: state) else { return nil }
      return (p.weight.plus(q.weight.opposite), p.rest.plus(q.rest.opposite))
    case .hadamard(let a, let b):
      guard let p = a.linearPart(in: state), let q = b.linearPart(in: state) else { return nil }
      switch (p.weight, q.weight) {
      case (.number(0), .number(0)): return (.number(0), self)
      case (_, .number(0)): return (p.weight.scaled(by: b), p.rest.scaled(by: b))
      case (.number(0), _): return (q.weight.scaled(by: a), q.rest.scaled(by: a))
      default: return nil
      }
    }
  }

  // Sums and products in which 0 leaves no trace.

  private func plus(_ other: Expression) -> Expression {
    if self == .number(0) { return other }
    return other == .number(0) ? self : .total([self, other])
  }

  private var opposite: Expression { self == .number(0) ? self : negated }

  private func scaled(by other: Expression) -> Expression {
    self == .number(0) ? self : times(other)
  }
}
