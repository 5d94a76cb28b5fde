/// Reads the equations of a formulation from its LaTeX lines.
///
/// ```
/// equation := signal '=' sum
/// sum      := ['-'] term (('+' | '-') term)*
/// term     := chain ('\odot' chain)*
/// chain    := factor factor*               W x: matrix × vector; z h: unit by unit
/// factor   := number | symbol | function ['(' sum ')'] | '(' sum ')' | stack
/// ```
///
/// A matrix binds the vector to its right before anything is multiplied unit by unit.
struct Parser {
  let notation: Notation
  let functionNames: FunctionNames
  private let text: String
  let tokens: [Token]
  var position = 0
  /// The row of a stacked equation that is being read, and how many there are.
  var row: Matrix.Block?
  /// What the arguments of the abbreviations that are being read stand for, the innermost's.
  var arguments: [String: Expression] = [:]
  /// The abbreviations that are being read, the outermost first.
  var expanding: [String] = []
  /// How many parentheses and marks are open, and how many factors the equation has so far.
  ///
  /// Bounds on both keep the recursion over the tokens and over the tree off the end of the stack.
  var depth = 0
  var factorCount = 0
  private static let deepest = 64
  private static let mostFactors = 256
  private static let tallestStack = 64

  init(_ text: String, line: Int, notation: Notation) throws(EquationError) {
    self.text = text
    self.notation = notation
    self.functionNames = FunctionNames(notation)
    self.tokens = try Lexer.tokens(of: text, line: line)
  }

  /// The equations of one printed line, which may hold several, one after another.
  static func equations(
    in text: String, line: Int = 1, notation: Notation
  ) throws(EquationError) -> [Equation] {
    var parser = try Parser(text, line: line, notation: notation)
    var equations: [Equation] = []
    parser.skipLineBreaks()
    while parser.current.kind != .end {
      equations += try parser.equation()
      guard parser.current.kind == .end || parser.isAtSeparator else {
        throw parser.error(
          "the end of the equation is expected, not \(parser.current.description)")
      }
      parser.skipLineBreaks()
    }
    return equations
  }

  // MARK: Equations

  private mutating func equation() throws(EquationError) -> [Equation] {
    factorCount = 0
    guard current.kind == .beginStack else {
      let braced = accept("{")
      let left = try leftHandSide()
      try expect("=")
      let equation = try definition(of: left, by: try sum())
      if braced { try expect("}") }
      return [equation]
    }
    let left = try stack { parser throws(EquationError) in try parser.leftHandSide() }
    try expect("=")
    let start = position
    var equations: [Equation] = []
    for (index, signal) in left.enumerated() {
      position = start
      factorCount = 0
      row = Matrix.Block(index: index, of: left.count)
      equations.append(try definition(of: signal, by: try sum()))
    }
    row = nil
    return equations
  }

  private mutating func leftHandSide() throws(EquationError) -> ParsedSymbol {
    guard let symbol = try symbol() else {
      throw error("a signal is expected on the left-hand side, not \(current.description)")
    }
    return symbol
  }

  /// Moves the equation so that its left-hand side stands at step t.
  private func definition(
    of left: ParsedSymbol, by expression: Expression
  ) throws(EquationError) -> Equation {
    switch left.time {
    case .step(let offset)?:
      return Equation(left.symbol, expression.shifted(by: -offset))
    case .first?, .last?:
      return Equation(left.symbol, at: left.time ?? .last, expression)
    case nil:
      let end = expression.reads.map(\.time).first(where: \.isAtOneStep)
      return Equation(left.symbol, at: end ?? .step(0), expression)
    }
  }

  // MARK: Sums and products

  mutating func sum() throws(EquationError) -> Expression {
    try descend()
    defer { depth -= 1 }
    var result: Expression
    if accept("-") {
      result = .negation(try term())
    } else {
      _ = accept("+")
      result = try term()
    }
    while true {
      if accept("+") {
        result = .sum(result, try term())
      } else if accept("-") {
        result = .difference(result, try term())
      } else {
        return result
      }
    }
  }

  private mutating func term() throws(EquationError) -> Expression {
    var result = try chain()
    while current.kind == .hadamard {
      position += 1
      result = .hadamard(result, try chain())
    }
    return result
  }

  /// Something that stands next to something else.
  enum Factor {
    case vector(Expression)
    /// A symbol without a time: a matrix before a vector, a vector alone.
    case bare(Symbol, Token)
    case function(Function, Token)
    case stacked([Expression], Token)
  }

  private mutating func chain() throws(EquationError) -> Expression {
    var factors: [Factor] = []
    while let factor = try factor() {
      factors.append(factor)
      try count(factors: 1)
    }
    guard !factors.isEmpty else {
      throw error(
        "a signal, a parameter, a function or '(' is expected, not \(current.description)")
    }
    return try resolve(factors[...])
  }

  private func resolve(_ factors: ArraySlice<Factor>) throws(EquationError) -> Expression {
    var result: Expression?
    var rest = factors
    while let first = rest.first {
      let next: Expression
      if case .function(let function, let token) = first {
        guard rest.count > 1 else {
          throw error("the function '\(function.name)' has no argument", at: token)
        }
        next = .apply(function, try resolve(rest.dropFirst()))
        rest = []
      } else {
        next = try leadingVector(&rest)
      }
      result = result.map { .hadamard($0, next) } ?? next
    }
    guard let result else { throw error("a factor is expected, not \(current.description)") }
    return result
  }

  /// Takes the matrices at the front and the vector they apply to.
  private func leadingVector(
    _ rest: inout ArraySlice<Factor>
  ) throws(EquationError) -> Expression {
    guard let first = rest.popFirst() else {
      throw error("a vector is expected, not \(current.description)")
    }
    switch first {
    case .vector(let expression): return expression
    case .stacked(_, let token):
      throw error("stacked vectors need a matrix before them", at: token)
    case .function(let function, let token):
      guard !rest.isEmpty else {
        throw error("the function '\(function.name)' has no argument", at: token)
      }
      defer { rest = [] }
      return .apply(function, try resolve(rest))
    case .bare(let symbol, let token):
      if rest.isEmpty {
        guard row == nil else {
          throw error("a bias in a stacked equation is not supported", at: token)
        }
        return .vector(symbol)
      }
      if case .stacked(let vectors, _)? = rest.first {
        rest = rest.dropFirst()
        var result: Expression?
        for (index, vector) in vectors.enumerated() {
          let matrix = Matrix(
            symbol, rows: row, columns: Matrix.Block(index: index, of: vectors.count))
          let product = Expression.product(matrix, vector)
          result = result.map { .sum($0, product) } ?? product
        }
        guard let result else { throw error("an empty stack of vectors", at: token) }
        return result
      }
      return .product(try matrix(symbol, at: token), try leadingVector(&rest))
    }
  }

  /// A matrix, whose upper label may name a block (`W^{[r1/4;c2/2]}`).
  private func matrix(_ symbol: Symbol, at token: Token) throws(EquationError) -> Matrix {
    guard let label = symbol.upper, label.hasSuffix("]"), let open = label.lastIndex(of: "["),
      label[open...].dropFirst().prefix(2).isStartOfBlock
    else { return Matrix(symbol, rows: row) }
    var rows: Matrix.Block?
    var columns: Matrix.Block?
    for part in label[label.index(after: open)...].dropLast().split(separator: ";") {
      let numbers = part.dropFirst().split(separator: "/").map { Int($0) ?? 0 }
      guard numbers.count == 2, 1...Self.tallestStack ~= numbers[1], 1...numbers[1] ~= numbers[0],
        part.prefix(2).isStartOfBlock, (part.first == "r" ? rows : columns) == nil, row == nil
      else {
        throw error("a block such as [r1/4;c2/2] is expected, not '\(label)'", at: token)
      }
      let block = Matrix.Block(index: numbers[0] - 1, of: numbers[1])
      if part.first == "r" { rows = block } else { columns = block }
    }
    var plain = symbol
    plain.upper = open == label.startIndex ? nil : String(label[..<open])
    return Matrix(plain, rows: rows, columns: columns)
  }

  // MARK: Tokens

  var current: Token { tokens[min(position, tokens.count - 1)] }

  mutating func accept(_ character: Character) -> Bool {
    guard current.kind == .punctuation(character) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ character: Character) throws(EquationError) {
    guard accept(character) else {
      throw error("'\(character)' is expected, not \(current.description)")
    }
  }

  private var isAtSeparator: Bool {
    [.lineBreak, .punctuation(","), .punctuation(";")].contains(current.kind)
  }

  private mutating func skipLineBreaks() {
    while isAtSeparator { position += 1 }
  }

  /// One level further into parentheses or marks; the caller goes back up.
  mutating func descend() throws(EquationError) {
    depth += 1
    guard depth <= Self.deepest else {
      throw error("at most \(Self.deepest) levels of parentheses and marks are expected")
    }
  }

  mutating func count(factors: Int) throws(EquationError) {
    factorCount += factors
    guard factorCount <= Self.mostFactors else {
      throw error("at most \(Self.mostFactors) symbols in an equation are expected")
    }
  }

  /// The rows between `\begin{pmatrix}` and `\end{pmatrix}`.
  mutating func stack<Element>(
    of element: (inout Parser) throws(EquationError) -> Element
  ) throws(EquationError) -> [Element] {
    position += 1
    var elements: [Element] = []
    while current.kind != .endStack {
      guard elements.count < Self.tallestStack else {
        throw error("at most \(Self.tallestStack) rows are expected")
      }
      elements.append(try element(&self))
      guard current.kind == .lineBreak || current.kind == .endStack else {
        throw error("'\\\\' or '\\end{pmatrix}' is expected, not \(current.description)")
      }
      if current.kind == .lineBreak { position += 1 }
    }
    position += 1
    return elements
  }

  func error(_ message: String, at token: Token? = nil) -> EquationError {
    let token = token ?? current
    return EquationError(
      code: .syntax, message: message, line: token.line, column: token.column, text: text)
  }
}

extension Substring {
  /// Whether it is `r` or `c` and a digit, as in `[r1/4;c2/2]`; `[c]` alone is a label.
  fileprivate var isStartOfBlock: Bool {
    guard count == 2, let letter = first, let digit = last else { return false }
    return "rc".contains(letter) && digit.isASCII && digit.isWholeNumber
  }
}
