internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

/// Balls in one array that are computed from each other in place, without memory for each result.
///
/// Results and operands are ranges of the array. An operand outside of it is a programmer's mistake and traps; a
/// result may be its own operand where nothing else is said.
public struct BallSheet: ~Copyable {
  /// Operands of an operation: an element for each unit of the result, or the same one for all.
  public struct Operand: Sendable {
    fileprivate var first = 0
    fileprivate var stride = 1
    fileprivate var isKept = false

    /// The product that was kept last.
    public static let kept = Operand(isKept: true)

    private init(isKept: Bool) { self.isKept = isKept }

    /// The elements from `first` on.
    public init(from first: Int) { self.first = first }

    /// One element for every unit.
    public init(all first: Int) { (self.first, stride) = (first, 0) }
  }

  /// A matrix in another vector, by the places of its elements.
  public struct Lines: Sendable {
    fileprivate let first: Int
    fileprivate let lineStride: Int
    fileprivate let stride: Int
    fileprivate let length: Int

    /// Lines of `length` elements, one `stride` from the next; a line's first element stands one `lineStride` from
    /// that of the next line.
    public init(from first: Int, lineStride: Int, stride: Int, length: Int) {
      (self.first, self.lineStride) = (first, lineStride)
      (self.stride, self.length) = (stride, length)
    }
  }

  /// A function of each unit.
  public enum Function: Sendable {
    /// e^x.
    case exp
    /// σ(x) = 1 / (1 + e^{−x}), accurate relative to the result.
    case logistic
    /// tanh(x).
    case tanh
    /// max(x, 0), exactly where the ball is all on one side of zero.
    case relu
    /// 1 where x is above zero, 0 where it is below or exactly zero; not finite where the ball does not say.
    case unitStep
    /// x.
    case identity

    var write: ElementaryFunction {
      switch self {
      case .exp: arb_exp
      case .logistic: BallArithmetic.logistic
      case .tanh: arb_tanh
      case .relu: rectifier
      case .unitStep: BallArithmetic.unitStep
      case .identity: { result, argument, _ in arb_set(result, argument) }
      }
    }
  }

  private let storage: BallStorage
  /// A product that is no element.
  private let kept: BallStorage
  private let bits: Int

  /// Zeros.
  ///
  /// - Parameters:
  ///   - width: the most elements of a product that is kept.
  ///   - precision: that of all operations.
  public init(zeros count: Int, width: Int, precision: Ball.Precision) {
    precondition(count >= 0 && width >= 0, "a sheet of \(count) elements, \(width) at a time")
    storage = BallStorage(count: count)
    kept = BallStorage(count: width)
    bits = precision.bits
  }

  /// The elements as a vector.
  public consuming func finished() -> BallVector { BallVector(storage: storage) }

  private func require(_ range: Range<Int>) {
    precondition(
      0 <= range.lowerBound && range.upperBound <= storage.count, "\(range) of \(storage.count)")
  }

  private func require(_ operand: Operand, _ count: Int) {
    guard operand.isKept else {
      return require(operand.first..<(operand.first + (operand.stride == 0 ? 1 : count)))
    }
    precondition(count <= kept.count, "\(count) of \(kept.count) kept elements")
  }

  /// Calls `body` with the elements and with two operands' first elements.
  private func write(
    _ a: Operand, _ b: Operand,
    _ body: (
      _ elements: UnsafeMutablePointer<Arb>, _ a: UnsafePointer<Arb>, _ b: UnsafePointer<Arb>
    ) -> Void
  ) {
    storage.write { elements in
      kept.read { kept in
        let elements = elements
        body(
          elements, (a.isKept ? kept : UnsafePointer(elements)) + a.first,
          (b.isKept ? kept : UnsafePointer(elements)) + b.first)
      }
    }
  }

  /// Writes doubles, exactly; an infinity or a NaN gives a ball that is not finite.
  public mutating func set(_ values: ArraySlice<Double>, from first: Int) {
    require(first..<(first + values.count))
    storage.write { elements in
      for (unit, value) in values.enumerated() { arb_set_d(elements + first + unit, value) }
    }
  }

  /// s_i ← s_i + c, exactly where the precision holds it.
  public mutating func add(_ number: Double, to sums: Range<Int>) {
    require(sums)
    var term = arf_struct()
    arf_init(&term)
    defer { arf_clear(&term) }
    arf_set_d(&term, number)
    storage.write { elements in
      for sum in sums { arb_add_arf(elements + sum, elements + sum, &term, bits) }
    }
  }

  /// s_i ← c a_i where it is the first term, otherwise s_i + c a_i.
  public mutating func add(
    _ coefficient: Int, times operand: Operand, to sums: Range<Int>, isFirst: Bool = false
  ) {
    require(sums)
    require(operand, sums.count)
    write(operand, operand) { elements, a, _ in
      let stride = operand.stride
      for unit in 0..<sums.count {
        let sum = elements + sums.lowerBound + unit
        let term = a + stride * unit
        switch (coefficient, isFirst) {
        case (1, true): arb_set(sum, term)
        case (-1, true): arb_neg(sum, term)
        case (_, true): arb_mul_si(sum, term, coefficient, bits)
        case (1, false): arb_add(sum, sum, term, bits)
        case (-1, false): arb_sub(sum, sum, term, bits)
        case (_, false): arb_addmul_si(sum, term, coefficient, bits)
        }
      }
    }
  }

  /// Keeps a_i b_i, `count` of them; one operand may be what was kept before.
  public mutating func keepProduct(_ a: Operand, _ b: Operand, count: Int) {
    require(a, count)
    require(b, count)
    precondition(count <= kept.count, "\(count) of \(kept.count) kept elements")
    kept.write { products in
      write(a, b) { _, first, second in
        for unit in 0..<count {
          arb_mul(products + unit, first + a.stride * unit, second + b.stride * unit, bits)
        }
      }
    }
  }

  /// s_i ← ±a_i b_i where it is the first term, otherwise s_i ± a_i b_i.
  public mutating func addProduct(
    _ a: Operand, _ b: Operand, isNegative: Bool, to sums: Range<Int>, isFirst: Bool = false
  ) {
    require(sums)
    require(a, sums.count)
    require(b, sums.count)
    write(a, b) { elements, first, second in
      for unit in 0..<sums.count {
        let sum = elements + sums.lowerBound + unit
        let (one, other) = (first + a.stride * unit, second + b.stride * unit)
        switch (isNegative, isFirst) {
        case (false, false): arb_addmul(sum, one, other, bits)
        case (true, false): arb_submul(sum, one, other, bits)
        case (_, true):
          arb_mul(sum, one, other, bits)
          if isNegative { arb_neg(sum, sum) }
        }
      }
    }
  }

  /// s_i ← ±Σ_j m_ij v_j where it is the first term, otherwise s_i ± Σ_j m_ij v_j, every element one dot product.
  ///
  /// - Parameters:
  ///   - matrix: where m stands in `weights`, a line for every s_i.
  ///   - vector: where v begins.
  public mutating func addProduct(
    _ matrix: Lines, in weights: BallVector, with vector: Int, isNegative: Bool,
    to sums: Range<Int>, isFirst: Bool = false
  ) {
    require(sums)
    require(vector..<(vector + matrix.length))
    guard matrix.length > 0, let last = sums.indices.last else { return }
    let furthest =
      matrix.first + (last - sums.lowerBound) * matrix.lineStride
      + (matrix.length - 1) * matrix.stride
    precondition(0 <= matrix.first && furthest < weights.count, "a matrix beyond its vector")
    storage.write { elements in
      weights.storage.read { weights in
        for (line, sum) in sums.enumerated() {
          arb_dot(
            elements + sum, isFirst ? nil : elements + sum, isNegative ? 1 : 0,
            weights + matrix.first + line * matrix.lineStride, matrix.stride, elements + vector, 1,
            matrix.length, bits)
        }
      }
    }
  }

  /// s_ij ← s_ij + Σ_k a_ki b_kj, every element one dot product.
  ///
  /// - Parameters:
  ///   - pairs: where each a_k and b_k begins.
  ///   - rows: how many elements an a_k has.
  ///   - columns: how many elements a b_k has.
  ///   - stride: the distance of s_ij and s_{i+1}j.
  public mutating func addOuterProducts(
    _ pairs: [(Int, Int)], rows: Int, columns: Int, from first: Int, stride: Int
  ) {
    guard rows > 0, columns > 0 else { return }
    require(first..<(first + (rows - 1) * stride + columns))
    for (a, b) in pairs {
      require(a..<(a + rows))
      require(b..<(b + columns))
    }
    let bits = bits
    storage.write { elements in
      // Views of the operands, a line for each row and each column: never written to, never cleared.
      let count = pairs.count
      withUnsafeTemporaryAllocation(of: Arb.self, capacity: (rows + columns) * count) { views in
        for (index, (a, b)) in pairs.enumerated() {
          for row in 0..<rows {
            views.initializeElement(at: row * count + index, to: elements[a + row])
          }
          for column in 0..<columns {
            views.initializeElement(
              at: (rows + column) * count + index, to: elements[b + column])
          }
        }
        guard let views = views.baseAddress else { return }
        for row in 0..<rows {
          for column in 0..<columns {
            let sum = elements + first + row * stride + column
            arb_dot(
              sum, sum, 0, views + row * count, 1, views + (rows + column) * count, 1, count, bits)
          }
        }
      }
    }
  }

  /// f(a_i) of every unit.
  public mutating func apply(_ function: Function, to first: Int, into results: Range<Int>) {
    require(results)
    require(first..<(first + results.count))
    let function = function.write
    storage.write { elements in
      for unit in 0..<results.count {
        function(elements + results.lowerBound + unit, elements + first + unit, bits)
      }
    }
  }

  /// e^{a_i} ÷ Σ_j e^{a_j}.
  public mutating func softmax(of first: Int, into results: Range<Int>) {
    apply(.exp, to: first, into: results)
    storage.write { elements in
      let sum = BallStorage(count: 1)
      sum.write { sum in
        for result in results { arb_add(sum, sum, elements + result, bits) }
        for result in results { arb_div(elements + result, elements + result, sum, bits) }
      }
    }
  }

  /// r ← Σ_i a_i b_i.
  public mutating func dot(_ a: Operand, _ b: Operand, count: Int, into result: Int) {
    require(result..<(result + 1))
    require(a, count)
    require(b, count)
    write(a, b) { elements, first, second in
      arb_dot(
        elements + result, nil, 0, first, a.stride, second, b.stride, count, bits)
    }
  }
}
