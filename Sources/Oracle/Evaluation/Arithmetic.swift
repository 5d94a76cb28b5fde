import Equations
import Tensors

/// A kind of numbers that a graph can be evaluated in.
protocol Arithmetic {
  associatedtype Vector
  associatedtype MatrixValue

  func vector(_ values: ArraySlice<Double>) -> Vector
  func zeros(_ count: Int) -> Vector
  func matrix(_ tensor: Tensor<Double>, _ block: Graph.MatrixBlock) -> MatrixValue
  /// `sum + M v`, or `sum − M v`.
  func add(
    _ matrix: MatrixValue, isTransposed: Bool, isNegative: Bool, times vector: Vector,
    to sum: inout Vector)
  /// `sum + coefficient · a ⊙ b ⊙ …`; a factor of one number is the same in every unit.
  func add(_ coefficient: Int, _ factors: [Vector], to sum: inout Vector)
  func softmax(_ vector: Vector) -> Vector
  /// `Σ a_i b_i`, a vector of one number.
  func inner(_ a: Vector, _ b: Vector) -> Vector
  func apply(_ activation: Activation, to vector: Vector) -> Vector
  /// `Σ a b^T`, row-major, of `rows` × `columns` numbers.
  func outerSum(_ pairs: [(Vector, Vector)], rows: Int, columns: Int) -> Vector
  func place(_ block: Vector, _ shape: Graph.MatrixBlock, columns: Int, into sum: inout Vector)
}

extension Graph {
  /// The value of every node, or of the forward nodes alone.
  ///
  /// - Parameters:
  ///   - problem: the case, exactly as it is stored.
  ///   - report: what a subject reports, where the graph reads it.
  ///   - adjust: changes a vector after it is computed, to follow a perturbation; nil for none.
  func values<A: Arithmetic>(
    of problem: Case<Double>, in arithmetic: A, forwardOnly: Bool = false,
    report: Answers<Double> = [:], adjust: ((NodeID, inout A.Vector) -> Void)? = nil
  ) -> [A.Vector] {
    var matrices: [MatrixBlock: A.MatrixValue] = [:]
    func matrix(_ block: MatrixBlock) -> A.MatrixValue? {
      if let known = matrices[block] { return known }
      guard let tensor = problem.parameters[block.parameter] else { return nil }
      let value = arithmetic.matrix(tensor, block)
      matrices[block] = value
      return value
    }
    var values: [A.Vector] = []
    values.reserveCapacity(nodes.count)
    for (id, node) in nodes.prefix(forwardOnly ? forwardCount : nodes.count).enumerated() {
      var value: A.Vector
      switch node.operation {
      case .leaf(let leaf):
        let scalars = problem.scalars(leaf.source, report: report)
        value = arithmetic.vector(scalars[leaf.offset..<(leaf.offset + node.width)])
      case .combination(let combination):
        value = arithmetic.zeros(node.width)
        for product in combination.products {
          guard let matrix = matrix(product.block) else { continue }
          arithmetic.add(
            matrix, isTransposed: product.isTransposed, isNegative: product.isNegative,
            times: values[product.operand], to: &value)
        }
        for monomial in combination.monomials {
          arithmetic.add(monomial.coefficient, monomial.factors.map { values[$0] }, to: &value)
        }
      case .activation(let activation, let argument):
        value = arithmetic.apply(activation, to: values[argument])
      case .softmax(let argument): value = arithmetic.softmax(values[argument])
      case .inner(let a, let b): value = arithmetic.inner(values[a], values[b])
      case .outerSum(let sum):
        value = arithmetic.zeros(node.width)
        for part in sum.parts {
          let block = arithmetic.outerSum(
            part.pairs.map { (values[$0.cotangent], values[$0.operand]) },
            rows: part.block.rows.count, columns: part.block.columns.count)
          arithmetic.place(block, part.block, columns: sum.columns, into: &value)
        }
      }
      adjust?(id, &value)
      values.append(value)
    }
    return values
  }
}

extension Case<Double> {
  func scalars(_ source: Graph.Leaf.Source, report: Answers<Double> = [:]) -> [Double] {
    switch source {
    case .parameter(let name): parameters[name]?.scalars ?? []
    case .input: batch.x.scalars
    case .initial(let name): batch.initial[name]?.scalars ?? []
    case .upstreamSequence(let name): upstream.sequence[name]?.scalars ?? []
    case .upstreamFinal(let name): upstream.final[name]?.scalars ?? []
    case .reported(let quantity): report[quantity]?.scalars ?? []
    case .absent(let count): Array(repeating: 0, count: count)
    }
  }
}
