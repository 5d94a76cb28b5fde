/// The right-hand side of an equation: a vector computed from vectors.
public indirect enum Expression: Hashable, Sendable {
  /// A whole number, the same in every unit.
  case number(Int)
  /// A time-indexed signal or the input: `h_{t-1}`, `x_t`.
  case signal(Symbol, TimeIndex)
  /// A parameter with one number per unit: a bias, a peephole weight, a leak.
  case vector(Symbol)
  /// A matrix parameter applied to a vector: `W_{xi} x_t`.
  case product(Matrix, Expression)
  /// `a + b`.
  case sum(Expression, Expression)
  /// `a - b`.
  case difference(Expression, Expression)
  /// `-a`.
  case negation(Expression)
  /// `a \odot b`, unit by unit.
  case hadamard(Expression, Expression)
  /// A function of a vector: `\sigma(a)`.
  case apply(Function, Expression)
  /// `a^T b`, one number, the same in every unit; it appears in the gradient of a softmax.
  case inner(Expression, Expression)
}

/// A matrix parameter or a block of one, perhaps transposed.
public struct Matrix: Hashable, Sendable {
  /// One of several equal parts along an axis.
  public struct Block: Hashable, Sendable {
    /// Which part, from 0.
    public let index: Int
    /// How many parts there are.
    public let count: Int

    /// A part of an axis.
    public init(index: Int, of count: Int) {
      self.index = index
      self.count = count
    }
  }

  /// The parameter.
  public let symbol: Symbol
  /// Which rows, where one printed matrix stacks several gates.
  public let rows: Block?
  /// Which columns, where a printed matrix is applied to several vectors stacked.
  public let columns: Block?
  /// Whether the matrix is transposed.
  public let isTransposed: Bool

  /// A matrix.
  public init(
    _ symbol: Symbol, rows: Block? = nil, columns: Block? = nil, isTransposed: Bool = false
  ) {
    self.symbol = symbol
    self.rows = rows
    self.columns = columns
    self.isTransposed = isTransposed
  }

  /// The transpose.
  public var transpose: Matrix {
    Matrix(symbol, rows: rows, columns: columns, isTransposed: !isTransposed)
  }
}

extension Expression {
  /// The parts that an expression is made of.
  public var operands: [Expression] {
    switch self {
    case .number, .signal, .vector: []
    case .product(_, let vector): [vector]
    case .sum(let a, let b), .difference(let a, let b), .hadamard(let a, let b),
      .inner(let a, let b):
      [a, b]
    case .negation(let a), .apply(_, let a): [a]
    }
  }

  /// The same expression with every part replaced, the innermost first.
  public func rewritten(_ rewrite: (Expression) -> Expression) -> Expression {
    switch self {
    case .number, .signal, .vector: rewrite(self)
    case .product(let matrix, let a): rewrite(.product(matrix, a.rewritten(rewrite)))
    case .sum(let a, let b): rewrite(.sum(a.rewritten(rewrite), b.rewritten(rewrite)))
    case .difference(let a, let b): rewrite(.difference(a.rewritten(rewrite), b.rewritten(rewrite)))
    case .negation(let a): rewrite(.negation(a.rewritten(rewrite)))
    case .hadamard(let a, let b): rewrite(.hadamard(a.rewritten(rewrite), b.rewritten(rewrite)))
    case .apply(let function, let a): rewrite(.apply(function, a.rewritten(rewrite)))
    case .inner(let a, let b): rewrite(.inner(a.rewritten(rewrite), b.rewritten(rewrite)))
    }
  }

  /// Calls `body` with the expression and all its parts, the innermost first.
  public func forEach(_ body: (Expression) -> Void) {
    for operand in operands { operand.forEach(body) }
    body(self)
  }

  /// The same expression read some steps later (or earlier, where negative).
  public func shifted(by steps: Int) -> Expression {
    rewritten {
      if case .signal(let symbol, let time) = $0 {
        return .signal(symbol, time.shifted(by: steps))
      }
      return $0
    }
  }

  /// The signals that the expression reads, with their times, in the order of their first use.
  public var reads: [(symbol: Symbol, time: TimeIndex)] {
    var found: [(symbol: Symbol, time: TimeIndex)] = []
    forEach {
      if case .signal(let symbol, let time) = $0,
        !found.contains(where: { $0.symbol == symbol && $0.time == time })
      {
        found.append((symbol, time))
      }
    }
    return found
  }
}

/// One equation: a signal and what it is at each step.
public struct Equation: Hashable, Sendable {
  /// The signal on the left-hand side.
  public var signal: Symbol
  /// Where it is defined: at every step, or at the first or the last one only.
  public var time: TimeIndex
  /// The right-hand side, its times relative to the left-hand side's.
  public var expression: Expression

  /// An equation.
  public init(_ signal: Symbol, at time: TimeIndex = .step(0), _ expression: Expression) {
    self.signal = signal
    self.time = time
    self.expression = expression
  }
}
