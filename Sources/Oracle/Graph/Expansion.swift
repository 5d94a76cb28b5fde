import Equations

/// A right-hand side as a sum: matrix products and monomials, with the operations as they are written.
struct Expansion {
  var combination = Graph.Combination()

  static func number(_ value: Int) -> Expansion {
    var expansion = Expansion()
    if value != 0 { expansion.combination.monomials = [.init(coefficient: value, factors: [])] }
    return expansion
  }

  static func node(_ node: Graph.NodeID) -> Expansion {
    var expansion = Expansion()
    expansion.combination.monomials = [.init(coefficient: 1, factors: [node])]
    return expansion
  }

  static func product(_ product: Graph.Product) -> Expansion {
    var expansion = Expansion()
    expansion.combination.products = [product]
    return expansion
  }

  var isZero: Bool { combination.products.isEmpty && combination.monomials.isEmpty }
  var hasProducts: Bool { !combination.products.isEmpty }

  /// Whether it is one node with factor 1, so that no new node is needed for it.
  var singleNode: Graph.NodeID? {
    guard !hasProducts, combination.monomials.count == 1,
      let only = combination.monomials.first, only.coefficient == 1, only.factors.count == 1
    else { return nil }
    return only.factors[0]
  }

  var negated: Expansion {
    var result = self
    for index in result.combination.products.indices {
      result.combination.products[index].isNegative.toggle()
    }
    for index in result.combination.monomials.indices {
      result.combination.monomials[index].coefficient *= -1
    }
    return result
  }

  func adding(_ other: Expansion) -> Expansion {
    if isZero { return other }
    if other.isZero { return self }
    var result = self
    result.combination.products += other.combination.products
    result.combination.monomials += other.combination.monomials
    result.combination.operations += other.combination.operations + 1
    return result
  }

  /// The product unit by unit of two sums without matrix products.
  func multiplied(by other: Expansion) -> Expansion {
    var result = Expansion()
    for a in combination.monomials {
      for b in other.combination.monomials {
        result.combination.monomials.append(
          .init(
            coefficient: a.coefficient * b.coefficient, factors: a.factors + b.factors,
            isExpanded: true))
      }
    }
    result.combination.operations =
      combination.operations + other.combination.operations + 1
    return result
  }
}
