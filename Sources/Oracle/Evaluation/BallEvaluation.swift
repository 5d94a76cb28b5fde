import BallArithmetic
import Equations
import Tensors

/// Balls of one precision: the equations enclosed.
struct BallEvaluation: Arithmetic {
  let precision: Ball.Precision

  func vector(_ values: ArraySlice<Double>) -> BallVector { BallVector(Array(values)) }
  func zeros(_ count: Int) -> BallVector { BallVector(zeros: count) }

  func matrix(_ tensor: Tensor<Double>, _ block: Graph.MatrixBlock) -> BallMatrix {
    BallMatrix(
      rows: block.rows.count, columns: block.columns.count,
      elements: BallVector(block.rows.flatMap { row in block.columns.map { tensor[row, $0] } }))
  }

  func add(
    _ matrix: BallMatrix, isTransposed: Bool, isNegative: Bool, times vector: BallVector,
    to sum: inout BallVector
  ) {
    matrix.addProduct(
      vector, isTransposed: isTransposed, isNegative: isNegative, to: &sum, precision: precision)
  }

  func add(_ coefficient: Int, _ factors: [BallVector], to sum: inout BallVector) {
    var factors = factors.map { factor in
      factor.count == sum.count
        ? factor : BallVector(Array(repeating: factor[0], count: sum.count))
    }
    if factors.isEmpty || coefficient.magnitude != 1 {
      factors.append(
        BallVector(Array(repeating: Double(coefficient.magnitude), count: sum.count)))
    }
    let isNegative = coefficient < 0
    let last = factors.removeLast()
    guard var product = factors.first else {
      return isNegative
        ? sum.subtract(last, precision: precision) : sum.add(last, precision: precision)
    }
    for factor in factors.dropFirst() {
      product = product.multiplied(by: factor, precision: precision)
    }
    sum.addProduct(product, last, isNegative: isNegative, precision: precision)
  }

  func apply(_ activation: Activation, to vector: BallVector) -> BallVector {
    switch activation {
    case .logistic: vector.logistic(precision: precision)
    case .tanh: vector.tanh(precision: precision)
    case .relu: vector.relu()
    case .unitStep:
      BallVector(
        (0..<vector.count).map { unit in
          let ball = vector[unit]
          if ball.isPositive { return Ball.one }
          if ball.isNegative || ball.isZero { return Ball.zero }
          return Ball(0).divided(by: ball, precision: precision)
        })
    case .identity, .softmax: vector
    }
  }

  func softmax(_ vector: BallVector) -> BallVector {
    let powers = vector.exp(precision: precision)
    return powers.divided(
      by: powers.sum(precision: precision), precision: precision)
  }

  func inner(_ a: BallVector, _ b: BallVector) -> BallVector {
    BallVector([a.dot(b, precision: precision)])
  }

  func outerSum(_ pairs: [(BallVector, BallVector)], rows: Int, columns: Int) -> BallVector {
    let cotangents = BallMatrix(
      rows: pairs.count, columns: rows, elements: BallVector(joining: pairs.map(\.0)))
    let operands = BallMatrix(
      rows: pairs.count, columns: columns, elements: BallVector(joining: pairs.map(\.1)))
    return cotangents.transposedProduct(operands, precision: precision).elements
  }

  func place(
    _ block: BallVector, _ shape: Graph.MatrixBlock, columns: Int, into sum: inout BallVector
  ) {
    let width = shape.columns.count
    for (i, row) in shape.rows.enumerated() {
      sum.add(
        block.slice(from: i * width, count: width), at: row * columns + shape.columns.lowerBound,
        precision: precision)
    }
  }
}
