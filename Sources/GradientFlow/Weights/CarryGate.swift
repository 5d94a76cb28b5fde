import Equations

/// A gate through which a state reaches the next step unit by unit, and the bias that opens it.
struct CarryGate: Hashable {
  /// The bias inside the gate.
  let bias: Symbol
  /// Whether the state is carried by one minus the gate, which a lower bias opens.
  let isInverted: Bool

  /// The gates that carry the states of a formulation, as far as they have biases.
  static func all(in formulation: Formulation) -> [CarryGate] {
    var found: [CarryGate] = []
    for connection in formulation.selfConnections {
      for (signal, isInverted) in connection.weight.signs(isInverted: false) {
        guard let equation = formulation.equations.first(where: { $0.signal == signal }),
          case .apply(let function, let argument) = equation.expression,
          function.activation == .logistic, let bias = argument.bias
        else { continue }
        let gate = CarryGate(bias: bias, isInverted: isInverted)
        if !found.contains(where: { $0.bias == bias }) { found.append(gate) }
      }
    }
    return found
  }
}

extension Expression {
  /// The signals of the same step in a weight, and whether each counts negatively.
  fileprivate func signs(isInverted: Bool) -> [(signal: Symbol, isInverted: Bool)] {
    switch self {
    case .signal(let symbol, .step(0)): [(symbol, isInverted)]
    case .sum(let a, let b), .hadamard(let a, let b):
      a.signs(isInverted: isInverted) + b.signs(isInverted: isInverted)
    case .difference(let a, let b):
      a.signs(isInverted: isInverted) + b.signs(isInverted: !isInverted)
    case .negation(let a): a.signs(isInverted: !isInverted)
    case .number, .signal, .vector, .product, .apply, .inner: []
    }
  }

  /// The first parameter that is added as it is.
  fileprivate var bias: Symbol? {
    switch self {
    case .vector(let symbol): symbol
    case .sum(let a, let b): a.bias ?? b.bias
    case .difference(let a, _): a.bias
    default: nil
    }
  }
}
