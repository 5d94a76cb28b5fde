/// An expression multiplied out once for all places where the same of what it reads is there.
///
/// At each place the operands become nodes, one after the other, and the sums are made of them.
final class Pattern: Sendable {
  enum Operand: Hashable {
    case part(Part)
    /// A sum that is rounded on its own before it is multiplied, by its position in `sums`.
    case sum(Int)
  }

  /// What has a node by itself.
  enum Part: Hashable {
    case read(ExpressionTable.Read)
    /// Zeros instead of a gradient beyond the sequence, where a graph names them.
    case absentGradient(Int)
    case vector(Int)
    /// An activation or an inner product, of as many units as what stands around it.
    case value(Int)
    /// What a matrix is applied to.
    case argument(Int, matrix: Int)
  }

  let operands: [Operand]
  /// The sums that operands are; each is made of earlier operands.
  let sums: [Expansion]
  let expansion: Expansion

  /// The pattern of an expression.
  ///
  /// - Parameters:
  ///   - present: the reads that have a value.
  ///   - named: the absent gradients that are zeros with a name.
  init(
    of number: Int, in table: ExpressionTable, present: [ExpressionTable.Read],
    named: [ExpressionTable.Read]
  ) {
    var multiplication = Multiplication(table: table, present: present, named: named)
    expansion = multiplication.expand(number)
    operands = multiplication.operands
    sums = multiplication.sums
  }
}

/// The multiplying out of one expression.
private struct Multiplication {
  let table: ExpressionTable
  let present: [ExpressionTable.Read]
  let named: [ExpressionTable.Read]
  var operands: [Pattern.Operand] = []
  var sums: [Expansion] = []

  mutating func expand(_ number: Int) -> Expansion {
    if isZero(number) { return Expansion() }
    switch table.entries[number] {
    case .number(let value): return .number(value)
    case .read(let read):
      guard named.contains(read), case .signal(let signal, _) = read else {
        return operand(.part(.read(read)))
      }
      return operand(.part(.absentGradient(signal)))
    case .vector(let symbol): return operand(.part(.vector(symbol)))
    case .product(let matrix, let a):
      return Expansion(products: [
        .init(matrix: matrix, operand: position(of: .part(.argument(a, matrix: matrix))))
      ])
    case .sum(let a, let b):
      var sum = expand(a)
      sum.add(expand(b))
      return sum
    case .difference(let a, let b):
      var sum = expand(a)
      sum.add(expand(b).negated)
      return sum
    case .negation(let a): return expand(a).negated
    case .hadamard(let a, let b):
      let (left, right) = (expand(a), expand(b))
      return rounded(left).multiplied(by: rounded(right))
    case .apply, .inner: return operand(.part(.value(number)))
    }
  }

  /// A sum with matrix products is rounded on its own before it is multiplied.
  private mutating func rounded(_ factor: Expansion) -> Expansion {
    guard !factor.products.isEmpty else { return factor }
    sums.append(factor)
    return operand(.sum(sums.count - 1))
  }

  private mutating func operand(_ operand: Pattern.Operand) -> Expansion {
    .operand(position(of: operand))
  }

  private mutating func position(of operand: Pattern.Operand) -> Int {
    if let known = operands.firstIndex(of: operand) { return known }
    operands.append(operand)
    return operands.count - 1
  }

  private func isZero(_ number: Int) -> Bool {
    switch table.entries[number] {
    case .number(let value): value == 0
    case .read(let read): !present.contains(read) && !named.contains(read)
    case .vector, .apply: false
    case .product(_, let a), .negation(let a): isZero(a)
    case .sum(let a, let b), .difference(let a, let b): isZero(a) && isZero(b)
    case .hadamard(let a, let b), .inner(let a, let b): isZero(a) || isZero(b)
    }
  }
}
