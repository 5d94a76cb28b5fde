import Equations
import RealModule
import Tensors

/// Float or Double: the equations as a plain implementation computes them.
struct FloatingPointArithmetic<Scalar: Real & BinaryFloatingPoint & Sendable>: Arithmetic {
  struct MatrixValue {
    let rows: Int
    let columns: Int
    let scalars: [Scalar]
  }

  func vector(_ values: ArraySlice<Double>) -> [Scalar] { values.map { Scalar($0) } }
  func zeros(_ count: Int) -> [Scalar] { Array(repeating: 0, count: count) }

  func matrix(_ tensor: Tensor<Double>, _ block: Graph.MatrixBlock) -> MatrixValue {
    MatrixValue(
      rows: block.rows.count, columns: block.columns.count,
      scalars: block.rows.flatMap { row in block.columns.map { Scalar(tensor[row, $0]) } })
  }

  func add(
    _ matrix: MatrixValue, isTransposed: Bool, isNegative: Bool, times vector: [Scalar],
    to sum: inout [Scalar]
  ) {
    let (rowStride, columnStride) = isTransposed ? (1, matrix.columns) : (matrix.columns, 1)
    for row in sum.indices {
      var dot: Scalar = 0
      for column in vector.indices {
        dot += matrix.scalars[row * rowStride + column * columnStride] * vector[column]
      }
      sum[row] += isNegative ? -dot : dot
    }
  }

  func add(_ coefficient: Int, _ factors: [[Scalar]], to sum: inout [Scalar]) {
    for unit in sum.indices {
      sum[unit] += factors.reduce(Scalar(coefficient)) { $0 * $1[$1.count == 1 ? 0 : unit] }
    }
  }

  func apply(_ activation: Activation, to vector: [Scalar]) -> [Scalar] {
    switch activation {
    case .logistic:
      vector.map { x in
        let e = Scalar.exp(-x.magnitude)
        return (x < 0 ? e : 1) / (1 + e)
      }
    case .tanh: vector.map { .tanh($0) }
    case .relu: vector.map { $0 > 0 ? $0 : 0 }
    case .unitStep: vector.map { $0 > 0 ? 1 : 0 }
    case .identity, .softmax: vector
    }
  }

  func softmax(_ vector: [Scalar]) -> [Scalar] {
    let largest = vector.max() ?? 0
    let powers = vector.map { Scalar.exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  func inner(_ a: [Scalar], _ b: [Scalar]) -> [Scalar] {
    [zip(a, b).reduce(Scalar.zero) { $0 + $1.0 * $1.1 }]
  }

  func outerSum(_ pairs: [([Scalar], [Scalar])], rows: Int, columns: Int) -> [Scalar] {
    var sum = zeros(rows * columns)
    for (cotangent, operand) in pairs {
      for row in 0..<rows {
        for column in 0..<columns {
          sum[row * columns + column] += cotangent[row] * operand[column]
        }
      }
    }
    return sum
  }

  func place(
    _ block: [Scalar], _ shape: Graph.MatrixBlock, columns: Int, into sum: inout [Scalar]
  ) {
    for (i, row) in shape.rows.enumerated() {
      for (j, column) in shape.columns.enumerated() {
        sum[row * columns + column] += block[i * shape.columns.count + j]
      }
    }
  }
}
