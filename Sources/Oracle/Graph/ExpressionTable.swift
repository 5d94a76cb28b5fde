import Equations

/// Expressions by number, equal ones under one number, so that nodes are looked up by integers.
struct ExpressionTable {
  enum Entry: Hashable {
    case number(Int)
    case signal(Symbol, TimeIndex)
    case vector(Symbol)
    case product(Matrix, Int)
    case sum(Int, Int)
    case difference(Int, Int)
    case negation(Int)
    case hadamard(Int, Int)
    case apply(Activation, Int)
    case inner(Int, Int)
  }

  private(set) var entries: [Entry] = []
  private var numbers: [Entry: Int] = [:]
  private var sizes: [ExpansionSize] = []

  /// Whether every expression is short enough to be multiplied out.
  var isEvaluated: Bool { sizes.allSatisfy(\.isEvaluated) }

  /// The number of an expression.
  mutating func number(of expression: Expression) -> Int {
    let entry: Entry
    switch expression {
    case .number(let value): entry = .number(value)
    case .signal(let symbol, let time): entry = .signal(symbol, time)
    case .vector(let symbol): entry = .vector(symbol)
    case .product(let matrix, let a): entry = .product(matrix, number(of: a))
    case .sum(let a, let b):
      entry = .sum(number(of: a), number(of: b))
    case .difference(let a, let b):
      entry = .difference(number(of: a), number(of: b))
    case .negation(let a): entry = .negation(number(of: a))
    case .hadamard(let a, let b):
      entry = .hadamard(number(of: a), number(of: b))
    case .apply(let function, let a):
      let argument = number(of: a)
      if function.activation == .identity { return argument }
      entry = .apply(function.activation, argument)
    case .inner(let a, let b):
      entry = .inner(number(of: a), number(of: b))
    }
    if let known = numbers[entry] { return known }
    sizes.append(ExpansionSize(of: entry, sizes: sizes))
    entries.append(entry)
    numbers[entry] = entries.count - 1
    return entries.count - 1
  }
}
