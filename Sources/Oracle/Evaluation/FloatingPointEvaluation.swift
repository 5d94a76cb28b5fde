import Equations
import RealModule
import Tensors

/// Float or Double: the equations as a plain implementation computes them, operation by operation in the order in
/// which they are written.
///
/// The elements of all nodes stand in one array, as `Graph.offsets` says.
struct FloatingPointEvaluation<Scalar: Real & BinaryFloatingPoint & Sendable> {
  /// The value of an activation at an argument, nil for the right one; nil where every one is right.
  var activation: ((Activation, Scalar) -> Scalar?)?
  /// What is added to each element after it is computed; nil for nothing.
  var perturbation: [Scalar]?

  /// The value of every element, or of those of the forward nodes alone.
  func values(
    of graph: Graph, case problem: Case<Double>, forwardOnly: Bool = false
  ) -> [Scalar] {
    let count = forwardOnly ? graph.forwardCount : graph.nodes.count
    var values = Array(repeating: Scalar.zero, count: graph.offsets[count])
    values.withUnsafeMutableBufferPointer { values in
      let nodes = Nodes(graph: graph, problem: problem, values: values, activation: activation)
      for id in 0..<count {
        nodes.compute(id)
        guard let perturbation else { continue }
        for element in graph.elements(of: id) { values[element] += perturbation[element] }
      }
    }
    return values
  }

  /// The nodes of a graph while they are computed, one after the other.
  private struct Nodes {
    let graph: Graph
    let problem: Case<Double>
    /// Zero where nothing has been computed yet.
    let values: UnsafeMutableBufferPointer<Scalar>
    let activation: ((Activation, Scalar) -> Scalar?)?
    private let parameters: [Tensor<Scalar>?]

    init(
      graph: Graph, problem: Case<Double>, values: UnsafeMutableBufferPointer<Scalar>,
      activation: ((Activation, Scalar) -> Scalar?)?
    ) {
      self.graph = graph
      self.problem = problem
      self.values = values
      self.activation = activation
      parameters = graph.parameters.map { problem.parameters[$0]?.converted() }
    }

    func compute(_ id: Graph.NodeID) {
      let elements = graph.elements(of: id)
      switch graph.nodes[id].operation {
      case .leaf(let leaf):
        let scalars = problem.scalars(leaf.source)
        for (unit, element) in elements.enumerated() {
          values[element] = Scalar(scalars[leaf.offset + unit])
        }
      case .combination(let combination):
        for product in combination.products { add(product, to: elements) }
        for monomial in combination.monomials { add(monomial, to: elements) }
      case .activation(let function, let argument):
        for (element, argument) in zip(elements, graph.elements(of: argument)) {
          let x = values[argument]
          values[element] = activation?(function, x) ?? function.value(at: x)
        }
      case .softmax(let argument):
        for (element, value) in zip(elements, softmax(values[graph.elements(of: argument)])) {
          values[element] = value
        }
      case .inner(let a, let b):
        for (a, b) in zip(graph.elements(of: a), graph.elements(of: b)) {
          values[elements.lowerBound] += values[a] * values[b]
        }
      case .outerSum(let sum): add(sum, to: elements)
      }
    }

    /// `sum + M v`, or `sum − M v`.
    private func add(_ product: Graph.Product, to sum: Range<Int>) {
      let block = product.block
      guard let position = block.position, let weights = parameters[position] else { return }
      let vector = graph.elements(of: product.operand)
      let columns = weights.shape[1]
      let (unitStride, stride) = product.isTransposed ? (1, columns) : (columns, 1)
      weights.withUnsafeScalars { weights in
        var first = block.rows.lowerBound * columns + block.columns.lowerBound
        for unit in sum {
          var dot: Scalar = 0
          var position = first
          for element in vector {
            dot += weights[position] * values[element]
            position += stride
          }
          values[unit] += product.isNegative ? -dot : dot
          first += unitStride
        }
      }
    }

    /// `sum + coefficient · a ⊙ b ⊙ …`; a factor of one number is the same in every unit.
    private func add(_ monomial: Graph.Monomial, to sum: Range<Int>) {
      for (unit, element) in sum.enumerated() {
        var product = Scalar(monomial.coefficient)
        for factor in monomial.factors {
          product *= values[graph.element(of: factor, at: unit)]
        }
        values[element] += product
      }
    }

    /// `Σ a b^T`, block by block.
    private func add(_ sum: Graph.OuterSum, to elements: Range<Int>) {
      for part in sum.parts {
        for (cotangent, operand) in part.pairs {
          let vector = graph.elements(of: operand)
          var row =
            elements.lowerBound + part.block.rows.lowerBound * sum.columns
            + part.block.columns.lowerBound
          for element in graph.elements(of: cotangent) {
            let factor = values[element]
            for (column, element) in vector.enumerated() {
              values[row + column] += factor * values[element]
            }
            row += sum.columns
          }
        }
      }
    }
  }
}
