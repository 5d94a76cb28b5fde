import Equations
import Tensors

/// A graph as numbers: every element with its derivatives by the elements it is computed from.
///
/// With each stands what its own rounding may be wrong by. The case's own numbers are exact and have no
/// edges. Elements are counted as `Graph.offsets` says.
struct LinearizedGraph {
  private(set) var charges: [RoundingModel.Charge] = []
  /// The edges of element e are those from `edgeStarts[e]` to `edgeStarts[e + 1]`.
  private(set) var edgeStarts: [Int] = [0]
  private(set) var edgeSources: [Int32] = []
  private(set) var edgeDerivatives: [Double] = []

  private let graph: Graph
  private let values: [Double]
  private var isExact: [Bool] = []
  private var combination: CombinationTerms
  /// The terms of the element at hand, in memory that serves all of them.
  private var products: [Double] = []
  private var monomials: [(value: Double, isExpanded: Bool)] = []

  /// The linearization of a graph about its values.
  ///
  /// - Parameters:
  ///   - values: the value of every element, to the nearest double.
  init(_ graph: Graph, case problem: Case<Double>, values: [Double]) {
    self.graph = graph
    self.values = values
    combination = CombinationTerms(of: graph, case: problem)
    isExact.reserveCapacity(graph.nodes.count)
    charges.reserveCapacity(values.count)
    edgeStarts.reserveCapacity(values.count + 1)
    let activations = graph.activations
    for (id, node) in graph.nodes.enumerated() {
      let elements = graph.elements(of: id)
      var isLeafOfCase = false
      switch node.operation {
      case .leaf(let leaf):
        isLeafOfCase = !leaf.isReported
        for element in elements {
          finish(.init(storage: leaf.isReported ? values[element].magnitude : 0))
        }
      case .combination(let combination):
        self.combination.take(combination, of: graph, isExact: isExact)
        let ways = combination.complementedArrangements
        let operations = combination.mostOperations
        let derivatives = RecomputedDerivative.all(in: combination) {
          graph.activation(of: $0, reported: activations)
        }
        for (unit, element) in elements.enumerated() {
          var charge = add(operations: operations, unit, ways)
          for derivative in derivatives {
            derivative.charge(&charge) { values[graph.element(of: $0, at: unit)] }
          }
          if node.isStored { charge.storage = values[element].magnitude }
          finish(charge)
        }
      case .activation(let activation, let argument):
        for (unit, element) in elements.enumerated() {
          let value = values[element]
          var charge = RoundingModel.activation(activation, value: value)
          charge.storage = value.magnitude
          if !isExact[argument] {
            edge(graph.offsets[argument] + unit, activation.slope(at: value))
          }
          finish(charge)
        }
      case .softmax(let argument): add(softmaxOf: argument, elements)
      case .inner(let a, let b): add(innerOf: a, b)
      case .outerSum(let sum): add(sum, elements)
      }
      isExact.append(isLeafOfCase)
    }
  }

  private mutating func edge(_ source: Int, _ derivative: Double) {
    guard derivative != 0 else { return }
    edgeSources.append(Int32(source))
    edgeDerivatives.append(derivative)
  }

  private mutating func finish(_ charge: RoundingModel.Charge) {
    charges.append(charge)
    edgeStarts.append(edgeSources.count)
  }

  /// Adds one unit of the combination at hand.
  private mutating func add(
    operations: Int, _ unit: Int, _ ways: [Arrangement]
  ) -> RoundingModel.Charge {
    products.removeAll(keepingCapacity: true)
    monomials.removeAll(keepingCapacity: true)
    for product in combination.products {
      var weight = product.first + unit * product.unitStride
      for element in product.operand {
        let signed = product.isNegative ? -combination.weights[weight] : combination.weights[weight]
        weight += product.stride
        products.append(signed * values[element])
        if !product.isExact { edge(element, signed) }
      }
    }
    for monomial in combination.monomials {
      var product = monomial.coefficient
      for factor in monomial.factors { product *= values[combination.element(factor, at: unit)] }
      monomials.append((product, monomial.isExpanded))
      for factor in monomial.factors where !combination.factors[factor].isExact {
        var derivative = monomial.coefficient
        for other in monomial.factors where other != factor {
          derivative *= values[combination.element(other, at: unit)]
        }
        edge(combination.element(factor, at: unit), derivative)
      }
    }
    var charge = RoundingModel.combination(
      products: products, monomials: monomials, operations: operations)
    for way in ways {
      let other = RoundingModel.combination(
        products: products, monomials: way.terms { values[graph.element(of: $0, at: unit)] },
        operations: operations)
      charge.arithmetic = max(charge.arithmetic, other.arithmetic)
    }
    return charge
  }

  private mutating func add(softmaxOf argument: Graph.NodeID, _ elements: Range<Int>) {
    let value = Array(values[elements])
    let x = Array(values[graph.elements(of: argument)])
    for unit in value.indices {
      if !isExact[argument] {
        for other in value.indices {
          let kronecker = other == unit ? 1.0 : 0
          edge(graph.offsets[argument] + other, value[unit] * (kronecker - value[other]))
        }
      }
      finish(RoundingModel.softmax(value, arguments: x, unit: unit))
    }
  }

  private mutating func add(innerOf a: Graph.NodeID, _ b: Graph.NodeID) {
    products.removeAll(keepingCapacity: true)
    for (left, right) in zip(graph.elements(of: a), graph.elements(of: b)) {
      products.append(values[left] * values[right])
      if !isExact[a] { edge(left, values[right]) }
      if !isExact[b] { edge(right, values[left]) }
    }
    finish(RoundingModel.combination(products: products, monomials: [], operations: 0))
  }

  private mutating func add(_ sum: Graph.OuterSum, _ elements: Range<Int>) {
    for (position, element) in elements.enumerated() {
      let (row, column) = position.quotientAndRemainder(dividingBy: sum.columns)
      products.removeAll(keepingCapacity: true)
      for part in sum.parts
      where part.block.rows.contains(row) && part.block.columns.contains(column) {
        let (i, j) = (row - part.block.rows.lowerBound, column - part.block.columns.lowerBound)
        for (cotangent, operand) in part.pairs {
          let (left, right) = (graph.offsets[cotangent] + i, graph.offsets[operand] + j)
          products.append(values[left] * values[right])
          if !isExact[cotangent] { edge(left, values[right]) }
          if !isExact[operand] { edge(right, values[left]) }
        }
      }
      var charge = RoundingModel.combination(products: products, monomials: [], operations: 0)
      charge.storage = values[element].magnitude
      finish(charge)
    }
  }
}

extension Tensor {
  /// The weight by which a product takes an element of its operand to a unit of its result.
  func weight(of product: Graph.Product, from index: Int, to unit: Int) -> Scalar {
    let (row, column) = product.isTransposed ? (index, unit) : (unit, index)
    return self[product.block.rows.lowerBound + row, product.block.columns.lowerBound + column]
  }
}

extension Graph.Leaf {
  fileprivate var isReported: Bool {
    if case .reported = source { return true }
    return false
  }
}

extension Activation {
  /// The derivative from the function's own value, by additions and multiplications alone.
  func slope(at value: Double) -> Double {
    switch self {
    case .logistic: value * (1 - value)
    case .tanh: 1 - value * value
    case .relu: value > 0 ? 1 : 0
    case .identity, .softmax: 1
    case .unitStep: 0
    }
  }
}
