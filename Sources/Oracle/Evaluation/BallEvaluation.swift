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
    let operand = isNegative ? -vector : vector
    sum =
      isTransposed
      ? matrix.transposedProduct(operand, addedTo: sum, precision: precision)
      : matrix.product(operand, addedTo: sum, precision: precision)
  }

  func add(_ coefficient: Int, _ factors: [BallVector], to sum: inout BallVector) {
    let factors = factors.map { factor in
      factor.count == sum.count
        ? factor : BallVector(Array(repeating: factor[0], count: sum.count))
    }
    guard var product = factors.first else {
      return sum.add(
        BallVector(Array(repeating: Double(coefficient), count: sum.count)), precision: precision)
    }
    for factor in factors.dropFirst() {
      product = product.multiplied(by: factor, precision: precision)
    }
    if coefficient == -1 {
      product = -product
    } else if coefficient != 1 {
      product = product.multiplied(by: Ball(coefficient), precision: precision)
    }
    sum.add(product, precision: precision)
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
    BallVector([
      a.slice(count: a.count).dot(b.slice(count: b.count), precision: precision)
    ])
  }

  func outerSum(_ pairs: [(BallVector, BallVector)], rows: Int, columns: Int) -> BallVector {
    let cotangents = BallMatrix(
      rows: pairs.count, columns: rows,
      elements: BallVector(pairs.flatMap { pair in (0..<rows).map { pair.0[$0] } }))
    let operands = BallMatrix(
      rows: pairs.count, columns: columns,
      elements: BallVector(pairs.flatMap { pair in (0..<columns).map { pair.1[$0] } }))
    return cotangents.transposedProduct(operands, precision: precision).elements
  }

  func place(
    _ block: BallVector, _ shape: Graph.MatrixBlock, columns: Int, into sum: inout BallVector
  ) {
    for (i, row) in shape.rows.enumerated() {
      for (j, column) in shape.columns.enumerated() {
        let position = row * columns + column
        sum[position] = sum[position].adding(
          block[i * shape.columns.count + j], precision: precision)
      }
    }
  }
}
