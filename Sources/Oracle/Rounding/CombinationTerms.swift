import Tensors

/// The terms of one combination after another as numbers alone, in memory that serves all of them.
///
/// Every unit of a combination goes through its terms; a graph's own are counted references, which take longer
/// than the numbers.
struct CombinationTerms {
  /// `± M v`: the weights of a unit start at `first + unit · unitStride`, and are `stride` apart.
  struct Product {
    let first, unitStride, stride: Int
    let operand: Range<Int>
    let isNegative, isExact: Bool
  }

  /// `coefficient · a ⊙ b ⊙ …`, the factors by their places in `factors`.
  struct Monomial {
    let coefficient: Double
    let factors: Range<Int>
    let isExpanded: Bool
  }

  /// A factor, whose elements are `stride` apart: 0 where one number is the same in every unit.
  struct Factor {
    let first, stride: Int
    let isExact: Bool
  }

  private(set) var products: [Product] = []
  private(set) var monomials: [Monomial] = []
  private(set) var factors: [Factor] = []
  /// The numbers of all parameters, one after the other.
  private(set) var weights: [Double] = []
  /// By parameter where its numbers start and how many are in a row; nil where the case has none.
  private var matrices: [(start: Int, columns: Int)?] = []

  /// No terms yet, of a graph's combinations.
  init(of graph: Graph, case problem: Case<Double>) {
    for name in graph.parameters {
      guard let tensor = problem.parameters[name] else {
        matrices.append(nil)
        continue
      }
      matrices.append((weights.count, tensor.shape.last ?? 1))
      weights += tensor.scalars
    }
  }

  /// Takes the terms of a combination.
  ///
  /// - Parameter isExact: by node whether it has nothing but the case's own numbers.
  mutating func take(_ combination: Graph.Combination, of graph: Graph, isExact: [Bool]) {
    products.removeAll(keepingCapacity: true)
    monomials.removeAll(keepingCapacity: true)
    factors.removeAll(keepingCapacity: true)
    for product in combination.products {
      guard let position = product.block.position, let (start, columns) = matrices[position] else {
        continue
      }
      let (rows, own) = (product.block.rows.lowerBound, product.block.columns.lowerBound)
      let (unitStride, stride) = product.isTransposed ? (1, columns) : (columns, 1)
      products.append(
        Product(
          first: start + rows * columns + own, unitStride: unitStride, stride: stride,
          operand: graph.elements(of: product.operand), isNegative: product.isNegative,
          isExact: isExact[product.operand]))
    }
    for monomial in combination.monomials {
      let first = factors.count
      for node in monomial.factors {
        factors.append(
          Factor(
            first: graph.offsets[node], stride: graph.nodes[node].width == 1 ? 0 : 1,
            isExact: isExact[node]))
      }
      monomials.append(
        Monomial(
          coefficient: Double(monomial.coefficient), factors: first..<factors.count,
          isExpanded: monomial.isExpanded))
    }
  }

  /// The element of a factor in a unit.
  func element(_ factor: Int, at unit: Int) -> Int {
    factors[factor].first + unit * factors[factor].stride
  }
}
