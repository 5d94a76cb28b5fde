import Equations

extension Expression {
  /// A polynomial's term as an expression to print, its sign left out.
  ///
  /// - Parameter complemented: the signals that stand for one minus the printed ones.
  init(_ term: Polynomial.Term, complemented: Set<Symbol>) {
    let magnitude = Int(clamping: term.coefficient.magnitude)
    let product = Expression(term.monomial, complemented: complemented)
    if magnitude == 1 {
      self = product
    } else if term.monomial.factors.isEmpty {
      self = .number(magnitude)
    } else {
      self = .hadamard(.number(magnitude), product)
    }
  }

  init(_ monomial: Monomial, complemented: Set<Symbol>) {
    let factors = monomial.factors.sorted { $0.printRank < $1.printRank }
      .map { Expression($0, complemented: complemented) }
    self = factors.dropFirst().reduce(factors.first ?? .number(1)) { .hadamard($0, $1) }
  }

  init(_ factor: Factor, complemented: Set<Symbol>) {
    switch factor {
    case .number(let value): self = .number(value)
    case .signal(let symbol, let time):
      let signal = Expression.signal(symbol, time)
      self = complemented.contains(symbol) ? .difference(.number(1), signal) : signal
    case .vector(let slot): self = .vector(slot.symbol)
    case .product(let slot, let isTransposed, let inner):
      self = .product(
        Matrix(slot.symbol, rows: slot.rows, columns: slot.columns, isTransposed: isTransposed),
        Expression(inner, complemented: complemented))
    case .apply(let activation, let argument):
      self = .apply(
        Function(activation.letter, activation), Expression(argument, complemented: complemented))
    case .group(let sum): self = Expression(sum, complemented: complemented)
    case .inner(let a, let b):
      self = .inner(
        Expression(a, complemented: complemented), Expression(b, complemented: complemented))
    }
  }

  init(_ polynomial: Polynomial, complemented: Set<Symbol>) {
    // What is added first, so that no sum begins with a sign that it need not.
    let terms =
      polynomial.terms.filter { $0.coefficient > 0 }
      + polynomial.terms.filter { $0.coefficient < 0 }
    guard let first = terms.first else {
      self = .number(0)
      return
    }
    let start = Expression(first, complemented: complemented)
    self = terms.dropFirst().reduce(first.coefficient > 0 ? start : .negation(start)) {
      let addend = Expression($1, complemented: complemented)
      return $1.coefficient > 0 ? .sum($0, addend) : .difference($0, addend)
    }
  }
}

extension Factor {
  /// Where a factor stands in a product as one writes it: parameters, signals of this step, of earlier
  /// ones, then what is longer.
  fileprivate var printRank: (Int, Int) {
    switch self {
    case .number: (0, 0)
    case .vector: (1, 0)
    case .signal(_, .step(let offset)): (2, -offset)
    case .signal(_, .first), .signal(_, .last): (2, 0)
    case .group, .inner: (3, 0)
    case .product: (4, 0)
    case .apply: (5, 0)
    }
  }
}

extension Activation {
  /// The name under which reports print it: σ for the logistic function.
  var letter: String { self == .logistic ? "sigma" : rawValue }

  /// The name in the words of a report.
  var word: String { self == .logistic ? "σ" : rawValue }
}
