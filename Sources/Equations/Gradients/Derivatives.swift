extension Activation {
  /// The derivative as a polynomial of the activation's own value s; nil where it is 1.
  ///
  /// ```
  /// σ' = s ⊙ (1 − s)      tanh' = 1 − s ⊙ s      relu' = 1 where s > 0, else 0
  /// ```
  public func derivative(at value: Expression) -> Expression? {
    switch self {
    case .logistic: .hadamard(value, .difference(.number(1), value))
    case .tanh: .difference(.number(1), .hadamard(value, value))
    case .relu: .apply(Function("step", .unitStep), value)
    case .unitStep: .number(0)
    case .identity, .softmax: nil
    }
  }
}

// Products and sums as one writes them by hand: no factor 1, signs in front, no parentheses in a product.
extension Expression {
  /// `self \odot other`.
  func times(_ other: Expression) -> Expression {
    switch (self, other) {
    case (_, .number(1)): self
    case (.number(1), _): other
    case (.negation(let a), .negation(let b)): a.times(b)
    case (.negation(let a), _): .negation(a.times(other))
    case (_, .negation(let b)): .negation(times(b))
    case (_, .hadamard(let a, let b)): times(a).times(b)
    default: .hadamard(self, other)
    }
  }

  var negated: Expression {
    if case .negation(let inner) = self { return inner }
    return .negation(self)
  }

  /// `self - other`.
  func minus(_ other: Expression) -> Expression {
    if case .negation(let inner) = other { return .sum(self, inner) }
    return .difference(self, other)
  }

  var isNegation: Bool {
    if case .negation = self { return true }
    return false
  }

  /// The sum of the addends, one without a sign first; 0 where there are none.
  static func total(_ addends: [Expression]) -> Expression {
    var addends = addends
    guard !addends.isEmpty else { return .number(0) }
    var result = addends.remove(at: addends.firstIndex { !$0.isNegation } ?? 0)
    for addend in addends {
      if case .negation(let inner) = addend {
        result = .difference(result, inner)
      } else {
        result = .sum(result, addend)
      }
    }
    return result
  }
}

extension Expression {
  /// The gradient with respect to a softmax's argument, from that with respect to its value s:
  /// `(g − s^T g) ⊙ s`.
  static func softmaxGradient(_ gradient: Expression, value: Expression) -> Expression {
    gradient.minus(.inner(value, gradient)).times(value)
  }
}

extension Matrix {
  /// The matrix applied to a vector, a sign in front.
  func applied(to vector: Expression) -> Expression {
    if case .negation(let inner) = vector { return .negation(.product(self, inner)) }
    return .product(self, vector)
  }
}
