import Equations
import RealModule
import Tensors

/// Float or Double with activations of one's own: the equations as an implementation with a fast tanh, a clipped
/// σ or the like computes them.
struct AlteredArithmetic<Scalar: Real & BinaryFloatingPoint & Sendable>: Arithmetic {
  let base = FloatingPointArithmetic<Scalar>()
  let activation: (Activation, Scalar) -> Scalar?

  func vector(_ values: ArraySlice<Double>) -> [Scalar] { base.vector(values) }
  func zeros(_ count: Int) -> [Scalar] { base.zeros(count) }

  func matrix(
    _ tensor: Tensor<Double>, _ block: Graph.MatrixBlock
  ) -> FloatingPointArithmetic<Scalar>.MatrixValue {
    base.matrix(tensor, block)
  }

  func add(
    _ matrix: FloatingPointArithmetic<Scalar>.MatrixValue, isTransposed: Bool, isNegative: Bool,
    times vector: [Scalar], to sum: inout [Scalar]
  ) {
    base.add(matrix, isTransposed: isTransposed, isNegative: isNegative, times: vector, to: &sum)
  }

  func add(_ coefficient: Int, _ factors: [[Scalar]], to sum: inout [Scalar]) {
    base.add(coefficient, factors, to: &sum)
  }

  func softmax(_ vector: [Scalar]) -> [Scalar] { base.softmax(vector) }
  func inner(_ a: [Scalar], _ b: [Scalar]) -> [Scalar] { base.inner(a, b) }

  func apply(_ activation: Activation, to vector: [Scalar]) -> [Scalar] {
    let right = base.apply(activation, to: vector)
    return zip(vector, right).map { self.activation(activation, $0) ?? $1 }
  }

  func outerSum(_ pairs: [([Scalar], [Scalar])], rows: Int, columns: Int) -> [Scalar] {
    base.outerSum(pairs, rows: rows, columns: columns)
  }

  func place(
    _ block: [Scalar], _ shape: Graph.MatrixBlock, columns: Int, into sum: inout [Scalar]
  ) {
    base.place(block, shape, columns: columns, into: &sum)
  }
}

extension Reference {
  /// The answers computed as by a wrong implementation, the gradients of the signals among them.
  ///
  /// - Parameter activation: the value of an activation at an argument; nil for the right one.
  /// - Throws: `OracleError` when the case does not fit the formulation.
  package func answersWithCotangents<Scalar: Real & BinaryFloatingPoint & Sendable>(
    to problem: Case<Double>, in scalar: Scalar.Type,
    activation: @escaping (Activation, Scalar) -> Scalar? = { _, _ in nil }
  ) throws(OracleError) -> Answers<Scalar> {
    let graph = try graph(of: problem, givesCotangents: true)
    let values = graph.values(of: problem, in: AlteredArithmetic(activation: activation))
    return graph.answers { values[$0] }
  }
}
