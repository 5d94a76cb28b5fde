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
  private let text: String
  private var tokens: [Token]
  private var position = 0
  /// The row of a stacked equation that is being read, and how many there are.
  private var row: Matrix.Block?
  /// How many parentheses are open; a bound on it keeps the recursion off the end of the stack.
  private var depth = 0
  private static let deepest = 64
  /// What the arguments of the abbreviation that is being read stand for.
  private var arguments: [String: Expression] = [:]

  private init(_ text: String, line: Int, notation: Notation) throws(EquationError) {
    self.text = text
    self.notation = notation
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
      parser.skipLineBreaks()
    }
    return equations
  }

  // MARK: Equations

  private mutating func equation() throws(EquationError) -> [Equation] {
    let braced = accept("{")
    defer { if braced { _ = accept("}") } }
    guard current.kind == .beginStack else {
      let left = try leftHandSide()
      return [try rightHandSide(of: left)]
    }
    let left = try stack { parser throws(EquationError) in try parser.leftHandSide() }
    try expect("=")
    let start = position
    var equations: [Equation] = []
    for (index, signal) in left.enumerated() {
      position = start
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

  private mutating func rightHandSide(of left: ParsedSymbol) throws(EquationError) -> Equation {
    try expect("=")
    return try definition(of: left, by: try sum())
  }

  /// Moves the equation so that its left-hand side stands at step t.
  private func definition(
    of left: ParsedSymbol, by expression: Expression
  ) throws(EquationError) -> Equation {
    switch left.time {
    case .step(let offset)?:
      return Equation(left.symbol, expression.shifted(by: -offset))
    case .last?:
      return Equation(left.symbol, at: .last, expression)
    case nil:
      let readsLast = expression.reads.contains { $0.time == .last }
      return Equation(left.symbol, at: readsLast ? .last : .step(0), expression)
    }
  }

  // MARK: Sums and products

  private mutating func sum() throws(EquationError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw error("an expression nested more than \(Self.deepest) deep is not supported")
    }
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
  private enum Factor {
    case vector(Expression)
    /// A symbol without a time: a matrix before a vector, a vector alone.
    case bare(Symbol, Token)
    case function(Function, Token)
    case stacked([Expression], Token)
  }

  private mutating func chain() throws(EquationError) -> Expression {
    var factors: [Factor] = []
    while let factor = try factor() { factors.append(factor) }
    guard !factors.isEmpty else {
      throw error("a signal, a parameter, a function or '(' is expected, not \(current.description)")
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
      ["r", "c"].contains(label[label.index(after: open)])
    else { return Matrix(symbol, rows: row) }
    var rows: Matrix.Block?
    var columns: Matrix.Block?
    for part in label[label.index(after: open)...].dropLast().split(separator: ";") {
      let numbers = part.dropFirst().split(separator: "/").map { Int($0) ?? 0 }
      guard numbers.count == 2, numbers[0] >= 1, numbers[0] <= numbers[1] else {
        throw error("a block such as [r1/4;c2/2] is expected, not '\(label)'", at: token)
      }
      let block = Matrix.Block(index: numbers[0] - 1, of: numbers[1])
      if part.first == "r" { rows = block } else { columns = block }
    }
    var plain = symbol
    plain.upper = open == label.startIndex ? nil : String(label[..<open])
    return Matrix(plain, rows: rows, columns: columns)
  }

  // MARK: Factors

  private mutating func factor() throws(EquationError) -> Factor? {
    let token = current
    switch token.kind {
    case .number(let value):
      position += 1
      return .vector(.number(value))
    case .punctuation("("), .punctuation("["):
      position += 1
      let inner = try sum()
      try expect(token.kind == .punctuation("(") ? ")" : "]")
      return .vector(inner)
    case .beginStack: return try stackedFactor(token)
    case .letter, .word, .mark: return try symbolOrFunction(token)
    default: return nil
    }
  }

  private mutating func stackedFactor(_ token: Token) throws(EquationError) -> Factor {
    let start = position
    let functions = try? stack { parser throws(EquationError) -> Function in
      guard let function = parser.functionName() else {
        throw parser.error("a function is expected in the stack")
      }
      return function
    }
    guard let functions else {
      position = start
      return .stacked(try stack { parser throws(EquationError) in try parser.sum() }, token)
    }
    guard let row, row.count == functions.count else {
      throw error(
        "\(functions.count) stacked functions need as many stacked signals on the left", at: token)
    }
    return .function(functions[row.index], token)
  }

  private mutating func symbolOrFunction(_ token: Token) throws(EquationError) -> Factor {
    let start = position
    if let function = functionName() {
      let scripts = try scripts()
      if scripts.time == nil {
        if current.kind == .punctuation("(") || current.kind == .punctuation("[") {
          let close: Character = current.kind == .punctuation("(") ? ")" : "]"
          position += 1
          let argument = try sum()
          try expect(close)
          return .vector(.apply(function, argument))
        }
        return .function(function, token)
      }
      position = start
    }
    if let expansion = try abbreviation() { return .vector(expansion) }
    guard let parsed = try symbol() else {
      throw error("a signal or a parameter is expected, not \(token.description)", at: token)
    }
    if let argument = arguments[parsed.symbol.name], parsed.time == nil {
      return .vector(argument)
    }
    if let time = parsed.time { return .vector(.signal(parsed.symbol, time)) }
    if parsed.hasUnitIndex || notation.vectors.contains(parsed.symbol.name) {
      return .vector(.vector(parsed.symbol))
    }
    return .bare(parsed.symbol, token)
  }

  /// The function at the current position, if one is declared of that name.
  private mutating func functionName() -> Function? {
    switch current.kind {
    case .word(let name):
      guard let activation = notation.functions[name] ?? Activation(rawValue: name) else {
        return nil
      }
      position += 1
      return Function(name, activation)
    case .letter(let letter):
      var name = letter
      var length = 1
      var longest: (function: Function, length: Int)?
      while true {
        if let activation = notation.functions[name]
          ?? (length > 1 ? Activation(rawValue: name) : nil)
        {
          longest = (Function(name, activation), length)
        }
        guard position + length < tokens.count,
          case .letter(let next) = tokens[position + length].kind,
          tokens[position + length].column == tokens[position + length - 1].column + 1
        else { break }
        name += next
        length += 1
      }
      guard let longest else { return nil }
      position += longest.length
      return longest.function
    default: return nil
    }
  }

  /// A declared function of several arguments, its body read with them.
  private mutating func abbreviation() throws(EquationError) -> Expression? {
    guard case .letter(let name) = current.kind, let abbreviation = notation.abbreviations[name]
    else { return nil }
    let start = position
    let token = current
    position += 1
    guard try scripts().time == nil, accept("(") else {
      position = start
      return nil
    }
    var values: [Expression] = []
    repeat { values.append(try sum()) } while accept(",") || accept(";")
    try expect(")")
    guard values.count == abbreviation.arguments.count else {
      throw error(
        "'\(name)' takes \(abbreviation.arguments.count) arguments, not \(values.count)", at: token)
    }
    var body = try Parser(abbreviation.body, line: token.line, notation: notation)
    body.depth = depth
    body.arguments = Dictionary(
      zip(abbreviation.arguments, values), uniquingKeysWith: { first, _ in first })
    let expression = try body.sum()
    guard body.current.kind == .end else {
      throw body.error("the end of the body of '\(name)' is expected")
    }
    return expression
  }

  // MARK: Symbols

  /// A symbol with the time that its scripts give.
  private struct ParsedSymbol {
    var symbol: Symbol
    var time: TimeIndex?
    var hasUnitIndex = false
  }

  private mutating func symbol() throws(EquationError) -> ParsedSymbol? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw error("a symbol with more than \(Self.deepest) marks is not supported")
    }
    var parsed: ParsedSymbol
    switch current.kind {
    case .mark(let mark):
      position += 1
      let braced = accept("{")
      guard let inner = try symbol() else {
        throw error("a letter is expected under '\\\(mark.rawValue)', not \(current.description)")
      }
      parsed = inner
      parsed.symbol.marks.append(mark)
      if braced { try expect("}") }
    case .letter(let name), .word(let name):
      position += 1
      parsed = ParsedSymbol(symbol: Symbol(name))
    default: return nil
    }
    let scripts = try scripts()
    parsed.time = scripts.time ?? parsed.time
    parsed.hasUnitIndex = scripts.hasUnitIndex || parsed.hasUnitIndex
    parsed.symbol.lower = scripts.lower ?? parsed.symbol.lower
    parsed.symbol.upper = scripts.upper ?? parsed.symbol.upper
    return parsed
  }

  private mutating func scripts() throws(EquationError) -> (
    time: TimeIndex?, hasUnitIndex: Bool, lower: String?, upper: String?
  ) {
    var time: TimeIndex?
    var hasUnitIndex = false
    var lower: String?
    var upper: String?
    while case .punctuation(let sign) = current.kind, sign == "_" || sign == "^" {
      position += 1
      let script = Script(try scriptText(), notation: notation)
      time = script.time ?? time
      hasUnitIndex = script.hasUnitIndex || hasUnitIndex
      if sign == "_" { lower = script.label ?? lower } else { upper = script.label ?? upper }
    }
    return (time, hasUnitIndex, lower, upper)
  }

  /// The text of a script: one token, or what stands between braces.
  private mutating func scriptText() throws(EquationError) -> String {
    guard accept("{") else {
      defer { position += 1 }
      return try scriptPiece()
    }
    var content = ""
    while current.kind != .punctuation("}") {
      content += try scriptPiece()
      position += 1
    }
    position += 1
    return content
  }

  private func scriptPiece() throws(EquationError) -> String {
    switch current.kind {
    case .letter(let text), .word(let text): return text
    case .number(let value): return String(value)
    case .punctuation(let character) where !"{}^_=".contains(character): return String(character)
    default: throw error("an index or a label is expected, not \(current.description)")
    }
  }

  // MARK: Tokens

  private var current: Token { tokens[min(position, tokens.count - 1)] }

  private mutating func accept(_ character: Character) -> Bool {
    guard current.kind == .punctuation(character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Character) throws(EquationError) {
    guard accept(character) else {
      throw error("'\(character)' is expected, not \(current.description)")
    }
  }

  private mutating func skipLineBreaks() {
    while current.kind == .lineBreak || current.kind == .punctuation(",") { position += 1 }
  }

  /// The rows between `\begin{pmatrix}` and `\end{pmatrix}`.
  private mutating func stack<Element>(
    of element: (inout Parser) throws(EquationError) -> Element
  ) throws(EquationError) -> [Element] {
    position += 1
    var elements: [Element] = []
    while current.kind != .endStack {
      elements.append(try element(&self))
      guard current.kind == .lineBreak || current.kind == .endStack else {
        throw error("'\\\\' or '\\end{pmatrix}' is expected, not \(current.description)")
      }
      if current.kind == .lineBreak { position += 1 }
    }
    position += 1
    return elements
  }

  private func error(_ message: String, at token: Token? = nil) -> EquationError {
    let token = token ?? current
    return EquationError(
      code: .syntax, message: message, line: token.line, column: token.column, text: text)
  }
}
