import Equations

/// Symbols and expressions by number, equal ones under one number, so that nodes are looked up by integers.
struct ExpressionTable {
  enum Entry: Hashable {
    case number(Int)
    case read(Read)
    case vector(Int)
    case product(Int, Int)
    case sum(Int, Int)
    case difference(Int, Int)
    case negation(Int)
    case hadamard(Int, Int)
    case apply(Activation, Int)
    case inner(Int, Int)
  }

  /// What an expression reads of a step: nothing where a sequence has none there.
  enum Read: Hashable {
    case signal(Int, TimeIndex)
    /// The upstream gradient of a signal at every step.
    case upstreamSequence(Int)
    /// The upstream gradient of a state's final value, at the step of that.
    case upstreamFinal(Int)
  }

  private(set) var entries: [Entry] = []
  /// What each expression reads outside of activations, which are never zero, in the order of its first use.
  private(set) var reads: [[Read]] = []
  private(set) var symbols: [Symbol] = []
  private(set) var vectors: [Symbol] = []
  private(set) var matrices: [Matrix] = []
  private var numbers: [Entry: Int] = [:]
  private var symbolNumbers: [Symbol: Int] = [:]
  private var matrixNumbers: [Matrix: Int] = [:]
  private var sizes: [ExpansionSize] = []

  /// Whether every expression is short enough to be multiplied out.
  var isEvaluated: Bool { sizes.allSatisfy(\.isEvaluated) }

  /// The number of an expression.
  mutating func number(of expression: Expression) -> Int {
    switch expression {
    case .number(let value): return number(ofEntry: .number(value))
    case .signal(let symbol, let time):
      return number(ofEntry: .read(.signal(number(ofSignal: symbol), time)))
    case .vector(let symbol):
      let known = vectors.firstIndex(of: symbol)
      if known == nil { vectors.append(symbol) }
      return number(ofEntry: .vector(known ?? vectors.count - 1))
    case .product(let matrix, let a):
      return number(ofEntry: .product(number(ofMatrix: matrix), number(of: a)))
    case .sum(let a, let b): return number(ofEntry: .sum(number(of: a), number(of: b)))
    case .difference(let a, let b):
      return number(ofEntry: .difference(number(of: a), number(of: b)))
    case .negation(let a): return number(ofEntry: .negation(number(of: a)))
    case .hadamard(let a, let b): return number(ofEntry: .hadamard(number(of: a), number(of: b)))
    case .apply(let function, let a):
      let argument = number(of: a)
      if function.activation == .identity { return argument }
      return number(ofEntry: .apply(function.activation, argument))
    case .inner(let a, let b): return number(ofEntry: .inner(number(of: a), number(of: b)))
    }
  }

  /// The number of a sum of expressions, in their order.
  mutating func number(ofSum addends: [Int]) -> Int {
    guard let first = addends.first else { return number(ofEntry: .number(0)) }
    return addends.dropFirst().reduce(first) { number(ofEntry: .sum($0, $1)) }
  }

  /// The number of an entry.
  mutating func number(ofEntry entry: Entry) -> Int {
    if let known = numbers[entry] { return known }
    sizes.append(ExpansionSize(of: entry, sizes: sizes))
    reads.append(reads(of: entry))
    entries.append(entry)
    numbers[entry] = entries.count - 1
    return entries.count - 1
  }

  /// The number of a signal, of the input or of a signal's gradient.
  mutating func number(ofSignal symbol: Symbol) -> Int {
    if let known = symbolNumbers[symbol] { return known }
    symbols.append(symbol)
    symbolNumbers[symbol] = symbols.count - 1
    return symbols.count - 1
  }

  /// The number of a matrix or a part of one.
  mutating func number(ofMatrix matrix: Matrix) -> Int {
    if let known = matrixNumbers[matrix] { return known }
    matrices.append(matrix)
    matrixNumbers[matrix] = matrices.count - 1
    return matrices.count - 1
  }

  private func reads(of entry: Entry) -> [Read] {
    switch entry {
    case .number, .vector, .apply: return []
    case .read(let read): return [read]
    case .product(_, let a), .negation(let a): return reads[a]
    case .sum(let a, let b), .difference(let a, let b), .hadamard(let a, let b),
      .inner(let a, let b):
      var found = reads[a]
      for read in reads[b] where !found.contains(read) { found.append(read) }
      return found
    }
  }
}
