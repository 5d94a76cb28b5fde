import Equations
import Tensors

/// A graph as numbers: every element with its derivatives by the elements it is computed from.
///
/// With each stands what its own rounding may be wrong by. The case's own numbers are exact and have no
/// edges.
struct LinearizedGraph {
  /// Where each node's elements start.
  private(set) var offsets: [Int] = []
  private(set) var charges: [RoundingModel.Charge] = []
  /// The edges of element e are those from `edgeStarts[e]` to `edgeStarts[e + 1]`.
  private(set) var edgeStarts: [Int] = [0]
  private(set) var edgeSources: [Int32] = []
  private(set) var edgeDerivatives: [Double] = []

  /// The linearization of a graph about its values.
  ///
  /// - Parameters:
  ///   - values: the value of every node, to the nearest double.
  init(_ graph: Graph, case problem: Case<Double>, values: [[Double]]) {
    var isExact: [Bool] = []
    let activations = graph.activations
    offsets.reserveCapacity(graph.nodes.count)
    for (id, node) in graph.nodes.enumerated() {
      offsets.append(charges.count)
      switch node.operation {
      case .leaf(let leaf):
        isExact.append(!leaf.isReported)
        for unit in 0..<node.width {
          finish(.init(storage: leaf.isReported ? values[id][unit].magnitude : 0))
        }
      case .combination(let combination):
        isExact.append(false)
        let ways = combination.complementedArrangements
        let derivatives = RecomputedDerivative.all(in: combination) {
          graph.activation(of: $0, reported: activations)
        }
        for unit in 0..<node.width {
          var charge = add(
            combination, unit, ways, problem: problem, values: values, isExact: isExact)
          for derivative in derivatives {
            derivative.charge(&charge) { values[$0].broadcast(unit) }
          }
          if node.isStored { charge.storage = values[id][unit].magnitude }
          finish(charge)
        }
      case .activation(let activation, let argument):
        isExact.append(false)
        for unit in 0..<node.width {
          let value = values[id][unit]
          var charge = RoundingModel.activation(activation, value: value)
          charge.storage = value.magnitude
          if !isExact[argument] {
            edge(offsets[argument] + unit, activation.slope(at: value))
          }
          finish(charge)
        }
      case .softmax(let argument):
        isExact.append(false)
        add(softmaxOf: argument, value: values[id], argument: values[argument], isExact: isExact)
      case .inner(let a, let b):
        isExact.append(false)
        add(innerOf: a, b, values: values, isExact: isExact)
      case .outerSum(let sum):
        isExact.append(false)
        add(sum, width: node.width, values: values, isExact: isExact, total: values[id])
      }
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

  private mutating func add(
    _ combination: Graph.Combination, _ unit: Int, _ ways: [Arrangement],
    problem: Case<Double>, values: [[Double]], isExact: [Bool]
  ) -> RoundingModel.Charge {
    var products: [Double] = []
    for product in combination.products {
      guard let tensor = problem.parameters[product.block.parameter] else { continue }
      let vector = values[product.operand]
      for index in vector.indices {
        let (row, column) = product.isTransposed ? (index, unit) : (unit, index)
        let weight = tensor[
          product.block.rows.lowerBound + row, product.block.columns.lowerBound + column]
        let signed = product.isNegative ? -weight : weight
        products.append(signed * vector[index])
        if !isExact[product.operand] { edge(offsets[product.operand] + index, signed) }
      }
    }
    var monomials: [(value: Double, isExpanded: Bool)] = []
    for monomial in combination.monomials {
      var product = Double(monomial.coefficient)
      for factor in monomial.factors { product *= values[factor].broadcast(unit) }
      monomials.append((product, monomial.isExpanded))
      for (position, factor) in monomial.factors.enumerated() where !isExact[factor] {
        var derivative = Double(monomial.coefficient)
        for (other, node) in monomial.factors.enumerated() where other != position {
          derivative *= values[node].broadcast(unit)
        }
        edge(offsets[factor] + (values[factor].count == 1 ? 0 : unit), derivative)
      }
    }
    var charge = RoundingModel.combination(
      products: products, monomials: monomials, operations: combination.mostOperations)
    for way in ways {
      let other = RoundingModel.combination(
        products: products, monomials: way.terms { values[$0].broadcast(unit) },
        operations: combination.mostOperations)
      charge.arithmetic = max(charge.arithmetic, other.arithmetic)
    }
    return charge
  }

  private mutating func add(
    softmaxOf argument: Graph.NodeID, value: [Double], argument x: [Double], isExact: [Bool]
  ) {
    for unit in value.indices {
      if !isExact[argument] {
        for other in value.indices {
          let kronecker = other == unit ? 1.0 : 0
          edge(offsets[argument] + other, value[unit] * (kronecker - value[other]))
        }
      }
      finish(RoundingModel.softmax(value, arguments: x, unit: unit))
    }
  }

  private mutating func add(
    innerOf a: Graph.NodeID, _ b: Graph.NodeID, values: [[Double]], isExact: [Bool]
  ) {
    var terms: [Double] = []
    for (unit, (left, right)) in zip(values[a], values[b]).enumerated() {
      terms.append(left * right)
      if !isExact[a] { edge(offsets[a] + unit, right) }
      if !isExact[b] { edge(offsets[b] + unit, left) }
    }
    finish(RoundingModel.combination(products: terms, monomials: [], operations: 0))
  }

  private mutating func add(
    _ sum: Graph.OuterSum, width: Int, values: [[Double]], isExact: [Bool], total: [Double]
  ) {
    for position in 0..<width {
      let (row, column) = position.quotientAndRemainder(dividingBy: sum.columns)
      var terms: [Double] = []
      for part in sum.parts
      where part.block.rows.contains(row) && part.block.columns.contains(column) {
        let (i, j) = (row - part.block.rows.lowerBound, column - part.block.columns.lowerBound)
        for (cotangent, operand) in part.pairs {
          let (a, b) = (values[cotangent][i], values[operand][j])
          terms.append(a * b)
          if !isExact[cotangent] { edge(offsets[cotangent] + i, b) }
          if !isExact[operand] { edge(offsets[operand] + j, a) }
        }
      }
      var charge = RoundingModel.combination(products: terms, monomials: [], operations: 0)
      charge.storage = total[position].magnitude
      finish(charge)
    }
  }
}

extension [Double] {
  /// The element of a unit; a single number is the same in every unit.
  fileprivate func broadcast(_ unit: Int) -> Double { count == 1 ? self[0] : self[unit] }
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
