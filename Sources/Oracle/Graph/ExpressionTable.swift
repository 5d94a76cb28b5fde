import Equations

/// Expressions by number, equal ones under one number, so that nodes are looked up by integers.
struct ExpressionTable {
  enum Entry: Hashable {
    case number(Int)
    case signal(Symbol, Int)
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

  /// The number of an expression.
  mutating func number(
    of expression: Expression, in formulation: Formulation
  ) throws(OracleError) -> Int {
    let entry: Entry
    switch expression {
    case .number(let value): entry = .number(value)
    case .signal(let symbol, .step(let offset)): entry = .signal(symbol, offset)
    case .vector(let symbol): entry = .vector(symbol)
    case .product(let matrix, let a): entry = .product(matrix, try number(of: a, in: formulation))
    case .sum(let a, let b):
      entry = .sum(try number(of: a, in: formulation), try number(of: b, in: formulation))
    case .difference(let a, let b):
      entry = .difference(try number(of: a, in: formulation), try number(of: b, in: formulation))
    case .negation(let a): entry = .negation(try number(of: a, in: formulation))
    case .hadamard(let a, let b):
      entry = .hadamard(try number(of: a, in: formulation), try number(of: b, in: formulation))
    case .apply(let function, let a):
      let argument = try number(of: a, in: formulation)
      if function.activation == .identity { return argument }
      entry = .apply(function.activation, argument)
    case .inner(let a, let b):
      entry = .inner(try number(of: a, in: formulation), try number(of: b, in: formulation))
    case .signal(let symbol, .last):
      throw OracleError(
        code: .unsupported,
        message: "the equation that reads '\(symbol.name)' holds at the last step alone",
        formulation: formulation.id)
    }
    if let known = numbers[entry] { return known }
    entries.append(entry)
    numbers[entry] = entries.count - 1
    return entries.count - 1
  }
}
