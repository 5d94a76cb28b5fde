import BallArithmetic
import Equations

/// A vector with its derivatives along every unit of the states, all enclosed in balls.
struct Dual {
  /// The vector; of one element where it is a number that is the same in every unit.
  var value: BallVector
  /// The derivative along each unit, as long as `value`; nil where it is zero.
  var columns: [BallVector?]

  /// The same repeated to a width, where it is one number.
  func widened(to width: Int) -> Dual {
    guard value.count == 1, width != 1 else { return self }
    func repeated(_ vector: BallVector) -> BallVector {
      BallVector(Array(repeating: vector[0], count: width))
    }
    return Dual(value: repeated(value), columns: columns.map { $0.map(repeated) })
  }
}

/// Forward differentiation: each operation with the rule of its derivative.
struct DualArithmetic {
  let precision: Ball.Precision
  /// How many units there are to differentiate along.
  let directions: Int

  /// A vector that depends on no state.
  func constant(_ value: BallVector) -> Dual {
    Dual(value: value, columns: Array(repeating: nil, count: directions))
  }

  /// A state itself: its units are the directions of a range.
  func variable(_ value: BallVector, along range: Range<Int>) -> Dual {
    var dual = constant(value)
    for (unit, direction) in range.enumerated() {
      dual.columns[direction] = BallVector((0..<value.count).map { Ball($0 == unit ? 1 : 0) })
    }
    return dual
  }

  /// A linear map of the value and of every derivative.
  private func linear(_ dual: Dual, _ map: (BallVector) -> BallVector) -> Dual {
    Dual(value: map(dual.value), columns: dual.columns.map { $0.map(map) })
  }

  func negation(_ a: Dual) -> Dual { linear(a) { -$0 } }

  func product(_ matrix: BallMatrix, isTransposed: Bool, _ a: Dual) -> Dual {
    let operand = a.widened(to: isTransposed ? matrix.rows : matrix.columns)
    return linear(operand) {
      isTransposed
        ? matrix.transposedProduct($0, precision: precision)
        : matrix.product($0, precision: precision)
    }
  }

  func sum(_ a: Dual, _ b: Dual) -> Dual {
    let (a, b) = matched(a, b)
    return Dual(
      value: a.value.adding(b.value, precision: precision),
      columns: zip(a.columns, b.columns).map { total($0, $1) })
  }

  /// (a ⊙ b)′ = a′ ⊙ b + a ⊙ b′.
  func hadamard(_ a: Dual, _ b: Dual) -> Dual {
    let (a, b) = matched(a, b)
    return Dual(
      value: a.value.multiplied(by: b.value, precision: precision),
      columns: zip(a.columns, b.columns).map { p, q in
        total(
          p?.multiplied(by: b.value, precision: precision),
          q?.multiplied(by: a.value, precision: precision))
      })
  }

  /// (aᵀ b)′ = a′ᵀ b + aᵀ b′, one number.
  func inner(_ a: Dual, _ b: Dual) -> Dual {
    let product = hadamard(a, b)
    return linear(product) { BallVector([$0.sum(precision: precision)]) }
  }

  func apply(_ activation: Activation, to a: Dual) -> Dual {
    let value = activation.value(at: a.value, precision: precision)
    if activation == .softmax {
      // s′ = s ⊙ (a′ − sᵀ a′).
      return Dual(
        value: value,
        columns: a.columns.map { column in
          column.map {
            let mean = value.dot($0, precision: precision)
            let means = BallVector(Array(repeating: mean, count: value.count))
            return value.multiplied(
              by: $0.subtracting(means, precision: precision), precision: precision)
          }
        })
    }
    guard let slope = slope(of: activation, at: a.value, value: value) else {
      return Dual(value: value, columns: a.columns)
    }
    return Dual(
      value: value,
      columns: a.columns.map { $0?.multiplied(by: slope, precision: precision) })
  }

  /// f′ of an argument, from f's value where that is shorter; nil where it is 1.
  private func slope(
    of activation: Activation, at argument: BallVector, value: BallVector
  ) -> BallVector? {
    let ones = BallVector(Array(repeating: Ball.one, count: value.count))
    switch activation {
    case .logistic:
      return value.multiplied(
        by: ones.subtracting(value, precision: precision), precision: precision)
    case .tanh:
      return ones.subtracting(
        value.multiplied(by: value, precision: precision), precision: precision)
    case .relu:
      return Activation.unitStep.value(at: argument, precision: precision)
    case .unitStep: return BallVector(zeros: value.count)
    case .identity, .softmax: return nil
    }
  }

  private func total(_ a: BallVector?, _ b: BallVector?) -> BallVector? {
    guard let a, let b else { return a ?? b }
    return a.adding(b, precision: precision)
  }

  /// Both as wide as the wider one.
  private func matched(_ a: Dual, _ b: Dual) -> (Dual, Dual) {
    (a.widened(to: b.value.count), b.widened(to: a.value.count))
  }
}
