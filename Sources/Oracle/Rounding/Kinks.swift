import Equations
import Tensors

extension Reference {
  /// How near an argument of relu may come to 0, relative to the terms that it is the sum of.
  ///
  /// Nearer, the rounding of a 16-bit implementation could take it to the other side.
  public static let nearestToKink = 0x1p-6

  /// Whether every argument of relu is exactly 0 or clear of it, so that no rounding and no small
  /// difference takes it to the other side.
  ///
  /// - Throws: `OracleError` when the case does not fit the formulation.
  public func isClearOfKinks(_ problem: Case<Double>) throws(OracleError) -> Bool {
    guard formulation.usesReLU else { return true }
    let graph = try graph(of: problem)
    let values = FloatingPointEvaluation<Double>()
      .values(of: graph, case: problem, forwardOnly: true)
    for node in graph.nodes.prefix(graph.forwardCount) {
      guard case .activation(.relu, let argument) = node.operation else { continue }
      let magnitudes = graph.termMagnitudes(of: argument, case: problem, values: values)
      for (value, magnitude) in zip(values[graph.elements(of: argument)], magnitudes)
      where value != 0 && value.magnitude < Self.nearestToKink * magnitude {
        return false
      }
    }
    return true
  }
}

extension Formulation {
  /// Whether an equation applies relu.
  package var usesReLU: Bool {
    var found = false
    for equation in equations {
      equation.expression.forEach {
        if case .apply(let function, _) = $0, function.activation == .relu { found = true }
      }
    }
    return found
  }
}

extension Graph {
  /// The sum of the magnitudes of what each element of a node is the sum of.
  fileprivate func termMagnitudes(
    of node: NodeID, case problem: Case<Double>, values: [Double]
  ) -> [Double] {
    guard case .combination(let combination) = nodes[node].operation else {
      return values[elements(of: node)].map(\.magnitude)
    }
    return (0..<nodes[node].width).map { unit in
      var sum = 0.0
      for product in combination.products {
        guard let weights = problem.parameters[product.block.parameter] else { continue }
        for (index, element) in elements(of: product.operand).enumerated() {
          sum += (weights.weight(of: product, from: index, to: unit) * values[element]).magnitude
        }
      }
      for monomial in combination.monomials {
        sum += monomial.factors.reduce(Double(abs(monomial.coefficient))) {
          $0 * values[element(of: $1, at: unit)].magnitude
        }
      }
      return sum
    }
  }
}
