/// A right-hand side as a sum: matrix products and monomials, with the operations as they are written.
///
/// What it is the sum of are nodes of a graph, or positions among the operands of a pattern.
struct Expansion {
  /// `± M v`, the matrix by number.
  struct Product {
    var isNegative = false
    let matrix: Int
    var operand: Int
  }

  var products: [Product] = []
  var monomials: [Graph.Monomial] = []
  /// As in `Graph.Combination`.
  var operations = 0

  static func number(_ value: Int) -> Expansion {
    Expansion(monomials: value == 0 ? [] : [.init(coefficient: value, factors: [])])
  }

  static func operand(_ operand: Int) -> Expansion {
    Expansion(monomials: [.init(coefficient: 1, factors: [operand])])
  }

  var isZero: Bool { products.isEmpty && monomials.isEmpty }

  /// Whether it is one operand with factor 1, so that no new node is needed for it.
  var singleOperand: Int? {
    guard products.isEmpty, monomials.count == 1, let only = monomials.first,
      only.coefficient == 1, only.factors.count == 1
    else { return nil }
    return only.factors[0]
  }

  var negated: Expansion {
    var result = self
    for index in result.products.indices { result.products[index].isNegative.toggle() }
    for index in result.monomials.indices { result.monomials[index].coefficient *= -1 }
    return result
  }

  /// The same sum of other operands.
  func mapping(_ operand: (Int) -> Int) -> Expansion {
    var result = self
    for index in result.products.indices {
      result.products[index].operand = operand(products[index].operand)
    }
    for index in result.monomials.indices {
      result.monomials[index].factors = monomials[index].factors.map(operand)
    }
    return result
  }

  mutating func add(_ other: Expansion) {
    if other.isZero { return }
    operations = isZero ? other.operations : operations + other.operations + 1
    products += other.products
    monomials += other.monomials
  }

  /// The product unit by unit of two sums without matrix products.
  func multiplied(by other: Expansion) -> Expansion {
    var result = Expansion()
    for a in monomials {
      for b in other.monomials {
        result.monomials.append(
          .init(
            coefficient: a.coefficient * b.coefficient, factors: a.factors + b.factors,
            isExpanded: true))
      }
    }
    result.operations = operations + other.operations + 1
    return result
  }
}
