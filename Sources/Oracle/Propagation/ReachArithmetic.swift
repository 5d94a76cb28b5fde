import Equations
import Tensors

/// A number together with what is known of it in every right evaluation.
struct ReachedNumber {
  var reach: Reach
  /// Its value, where it is untouched.
  var value: Double
  /// Whether it is 1 or 0 by a comparison, so that a program may select instead of multiplying.
  var isSelection = false
  /// Whether it is nothing in some programs: a zero, or what they multiply by one, that others leave out.
  private var isAbsent = false

  /// The gradient of what lies beyond a sequence, and a sum of no terms.
  static let absent = ReachedNumber(.untouched, value: 0).leftOut

  private var leftOut: ReachedNumber {
    var number = self
    number.isAbsent = true
    return number
  }

  init(_ reach: Reach, value: Double = .nan, isSelection: Bool = false) {
    self.reach = reach
    self.value = value
    self.isSelection = isSelection
  }

  /// A number of a case.
  init(given value: Double) {
    if value.isNaN {
      self.init(.notANumber)
    } else if value.isInfinite {
      self.init(.infinite(value.sign))
    } else {
      self.init(.untouched, value: value)
    }
  }

  static func + (a: ReachedNumber, b: ReachedNumber) -> ReachedNumber {
    if a.isNumber, b.isNumber { return ReachedNumber(.untouched, value: a.value + b.value) }
    if a.isAbsent, b.isAbsent { return a.isCertainlyFinite ? b : a }
    if a.isAbsent, a.isCertainlyFinite { return b }
    if b.isAbsent, b.isCertainlyFinite { return a }
    return switch (a.reach.asOperand, b.reach.asOperand) {
    case (.untouched, .untouched): ReachedNumber(.untouched, value: a.value + b.value)
    case (.notANumber, _), (_, .notANumber): ReachedNumber(.notANumber)
    case (.open, _), (_, .open): ReachedNumber(.open)
    // ∞ − ∞ may be (a − b) ∞ in another arrangement.
    case (.infinite(let one), .infinite(let other)):
      ReachedNumber(one == other ? .infinite(one) : .open)
    case (.infinite(let sign), _), (_, .infinite(let sign)): ReachedNumber(.infinite(sign))
    case (.finite, _), (_, .finite), (.saturated, _), (_, .saturated): ReachedNumber(.finite)
    }
  }

  static func * (a: ReachedNumber, b: ReachedNumber) -> ReachedNumber {
    if a.isNumber, b.isNumber { return ReachedNumber(.untouched, value: a.value * b.value) }
    if a.isAbsent || b.isAbsent {
      // Nothing times NaN is left out by one program and NaN in another.
      return a.isCertainlyFinite && b.isCertainlyFinite ? .absent : ReachedNumber(.open).leftOut
    }
    switch (a.reach.asOperand, b.reach.asOperand) {
    case (.untouched, .untouched): return ReachedNumber(.untouched, value: a.value * b.value)
    case (.notANumber, _): return ReachedNumber(b.mayHide ? .open : .notANumber)
    case (_, .notANumber): return ReachedNumber(a.mayHide ? .open : .notANumber)
    case (.infinite(let sign), .untouched): return ReachedNumber.infinite(sign, times: b.value)
    case (.untouched, .infinite(let sign)): return ReachedNumber.infinite(sign, times: a.value)
    case (.open, _), (_, .open), (.infinite, _), (_, .infinite): return ReachedNumber(.open)
    case (.finite, _), (_, .finite), (.saturated, _), (_, .saturated):
      return ReachedNumber(.finite)
    }
  }

  /// Whether it is a number in every program and depends on nothing else, as most are.
  private var isNumber: Bool {
    guard case .untouched = reach else { return false }
    return !isAbsent
  }

  /// Whether a program that selects may leave out what is multiplied by it.
  private var mayHide: Bool { isSelection && value != 1 }

  private static func infinite(
    _ sign: FloatingPointSign, times factor: Double
  ) -> ReachedNumber {
    if factor == 0 { return ReachedNumber(.open) }
    return ReachedNumber(.infinite(factor.sign == sign ? .plus : .minus))
  }
}

/// Follows what is not finite through a graph.
struct ReachArithmetic: Arithmetic {
  struct MatrixValue {
    let columns: Int
    let elements: [ReachedNumber]
  }

  func vector(_ values: ArraySlice<Double>) -> [ReachedNumber] {
    values.map { ReachedNumber(given: $0) }
  }

  func zeros(_ count: Int) -> [ReachedNumber] {
    Array(repeating: .absent, count: count)
  }

  func matrix(_ tensor: Tensor<Double>, _ block: Graph.MatrixBlock) -> MatrixValue {
    MatrixValue(
      columns: block.columns.count,
      elements: block.rows.flatMap { row in
        block.columns.map { ReachedNumber(given: tensor[row, $0]) }
      })
  }

  func add(
    _ matrix: MatrixValue, isTransposed: Bool, isNegative: Bool, times vector: [ReachedNumber],
    to sum: inout [ReachedNumber]
  ) {
    let (rowStride, columnStride) = isTransposed ? (1, matrix.columns) : (matrix.columns, 1)
    let sign = ReachedNumber(.untouched, value: isNegative ? -1 : 1)
    for row in sum.indices {
      var total = sum[row]
      for column in vector.indices {
        total =
          total + sign * matrix.elements[row * rowStride + column * columnStride]
          * vector[column]
      }
      sum[row] = total
    }
  }

  func add(_ coefficient: Int, _ factors: [[ReachedNumber]], to sum: inout [ReachedNumber]) {
    for unit in sum.indices {
      var product = ReachedNumber(.untouched, value: Double(coefficient))
      for factor in factors { product = product * factor[factor.count == 1 ? 0 : unit] }
      // h in (1 − z) h stands beside z h, and their difference is ∞ − ∞ in one arrangement alone.
      if factors.count > 1, case .infinite = product.reach { product = ReachedNumber(.open) }
      sum[unit] = sum[unit] + product
    }
  }

  func softmax(_ vector: [ReachedNumber]) -> [ReachedNumber] {
    if vector.allSatisfy({ $0.reach == .untouched }) {
      return Oracle.softmax(vector.map(\.value)).map { ReachedNumber(.untouched, value: $0) }
    }
    let reach: Reach
    if vector.contains(where: { $0.reach == .notANumber }) {
      reach = .notANumber
    } else {
      reach = vector.contains { !$0.isCertainlyFinite } ? .open : .finite
    }
    return vector.map { _ in ReachedNumber(reach) }
  }

  func inner(_ a: [ReachedNumber], _ b: [ReachedNumber]) -> [ReachedNumber] {
    [zip(a, b).reduce(.absent) { $0 + $1.0 * $1.1 }]
  }

  func apply(_ activation: Activation, to vector: [ReachedNumber]) -> [ReachedNumber] {
    vector.map { apply(activation, to: $0) }
  }

  private func apply(_ activation: Activation, to x: ReachedNumber) -> ReachedNumber {
    switch (activation, x.reach.asOperand) {
    case (.identity, _), (.softmax, _): x
    case (_, .untouched):
      ReachedNumber(
        .untouched, value: activation.value(at: x.value),
        isSelection: activation == .unitStep)
    case (.unitStep, .notANumber), (.unitStep, .open):
      ReachedNumber(.open, isSelection: true)
    // The larger of 0 and NaN is either.
    case (.relu, .notANumber), (_, .open): ReachedNumber(.open)
    case (.logistic, .notANumber), (.tanh, .notANumber), (.relu, .infinite(.plus)): x
    case (_, .infinite(let sign)):
      ReachedNumber(
        .saturated(activation.value(at: sign == .plus ? Double.infinity : -.infinity)),
        isSelection: activation == .unitStep)
    case (_, .finite), (_, .saturated):
      ReachedNumber(.finite, isSelection: activation == .unitStep)
    }
  }

  func outerSum(
    _ pairs: [([ReachedNumber], [ReachedNumber])], rows: Int, columns: Int
  ) -> [ReachedNumber] {
    var sum = zeros(rows * columns)
    for (cotangent, operand) in pairs {
      for row in 0..<rows {
        for column in 0..<columns {
          let product = cotangent[row] * operand[column]
          sum[row * columns + column] = sum[row * columns + column] + product
        }
      }
    }
    return sum
  }

  func place(
    _ block: [ReachedNumber], _ shape: Graph.MatrixBlock, columns: Int,
    into sum: inout [ReachedNumber]
  ) {
    for (i, row) in shape.rows.enumerated() {
      for (j, column) in shape.columns.enumerated() {
        let position = row * columns + column
        sum[position] = sum[position] + block[i * shape.columns.count + j]
      }
    }
  }
}

extension ReachedNumber {
  fileprivate var isCertainlyFinite: Bool {
    switch reach {
    case .untouched, .finite, .saturated: true
    case .infinite, .notANumber, .open: false
    }
  }
}

extension Reach {
  /// What is known of it in a sum or a product: a number that is not quite certain is finite, no more.
  fileprivate var asOperand: Reach {
    if case .saturated = self { return .finite }
    return self
  }
}
