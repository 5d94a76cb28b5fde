// What stands between signs: numbers, symbols, functions, parentheses, stacks.
extension Parser {
  /// The largest number that stands in an equation; a float16 holds no larger one.
  private static var largestNumber: Int { 65504 }

  mutating func factor() throws(EquationError) -> Factor? {
    let token = current
    switch token.kind {
    case .number(let digits):
      guard let value = Int(digits), value <= Self.largestNumber else {
        throw error("a number up to \(Self.largestNumber) is expected")
      }
      position += 1
      return .vector(.number(value))
    case .punctuation("("), .punctuation("["): return .vector(try parenthesized())
    case .beginStack: return try stackedFactor(token)
    case .letter, .word, .mark, .direction: return try symbolOrFunction(token)
    default: return nil
    }
  }

  private var isAtParenthesis: Bool {
    current.kind == .punctuation("(") || current.kind == .punctuation("[")
  }

  private mutating func parenthesized() throws(EquationError) -> Expression {
    let close: Character = current.kind == .punctuation("(") ? ")" : "]"
    position += 1
    let inner = try sum()
    try expect(close)
    return inner
  }

  private mutating func stackedFactor(_ token: Token) throws(EquationError) -> Factor {
    let start = position
    let functions = try? stack { parser throws(EquationError) -> Function in
      guard let function = try parser.function() else {
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
    if let function = try function() {
      guard isAtParenthesis else { return .function(function, token) }
      return .vector(.apply(function, try parenthesized()))
    }
    if let expansion = try abbreviation() { return .vector(expansion) }
    guard let parsed = try symbol() else {
      throw error("a signal or a parameter is expected, not \(token.description)", at: token)
    }
    if let time = parsed.time { return .vector(.signal(parsed.symbol, time)) }
    if let argument = arguments[parsed.symbol.name] {
      try count(factors: argument.size)
      return .vector(argument)
    }
    if parsed.hasUnitIndex || notation.vectors.contains(parsed.symbol.name) {
      return .vector(.vector(parsed.symbol))
    }
    guard !isAtParenthesis || !parsed.symbol.looksLikeFunction else {
      throw error(
        "'\(parsed.symbol.name)' stands before a parenthesis as a function does; it is expected in"
          + " 'functions', or in 'vectors' if it is a parameter with one number per unit",
        at: token)
    }
    return .bare(parsed.symbol, token)
  }

  // MARK: Functions

  /// The function at the current position, if one is declared of that name.
  ///
  /// A letter that is a function's and has a time is a signal: `f_t` beside `f(h_t)`.
  private mutating func function() throws(EquationError) -> Function? {
    let start = position
    let token = current
    guard let name = functionName() else { return nil }
    var parsed = ParsedSymbol(symbol: Symbol(name))
    try readScripts(of: &parsed)
    guard parsed.time == nil else {
      position = start
      return nil
    }
    guard parsed.symbol.upper == nil else {
      throw error("the function '\(name)' is expected without a power or label above it", at: token)
    }
    let labelled = ([name] + [parsed.symbol.lower].compactMap { $0 }).joined(separator: "_")
    guard let activation = notation.functions[labelled] ?? Activation(rawValue: labelled) else {
      throw error("the function '\(labelled)' is expected in 'functions'", at: token)
    }
    return Function(labelled, activation)
  }

  /// Passes over the longest name of a function, a word or letters without a blank between them.
  private mutating func functionName() -> String? {
    switch current.kind {
    case .word(let name):
      guard functionNames.contains(word: name) else { return nil }
      position += 1
      return name
    case .letter(let letter):
      var name = letter
      var length = 1
      var longest = functionNames.contains(letter: letter) ? (name: name, length: 1) : nil
      while length < functionNames.longest, position + length < tokens.count,
        case .letter(let next) = tokens[position + length].kind,
        tokens[position + length].column == tokens[position + length - 1].column + 1
      {
        name += next
        length += 1
        if functionNames.contains(word: name) { longest = (name, length) }
      }
      guard let longest else { return nil }
      position += longest.length
      return longest.name
    default: return nil
    }
  }

  /// A declared function of several arguments, its body read with them.
  private mutating func abbreviation() throws(EquationError) -> Expression? {
    let token = current
    let start = position
    var parsed: ParsedSymbol
    switch token.kind {
    case .letter(let name), .word(let name): parsed = ParsedSymbol(symbol: Symbol(name))
    default: return nil
    }
    let name = parsed.symbol.base
    guard let abbreviation = notation.abbreviations[name] else { return nil }
    position += 1
    try readScripts(of: &parsed)
    guard parsed.time == nil, accept("(") else {
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
    guard !expanding.contains(name) else {
      throw error("the body of '\(name)' is expected without '\(name)' itself", at: token)
    }
    do {
      return try expand(
        name, abbreviation.body,
        arguments: Dictionary(
          zip(abbreviation.arguments, values), uniquingKeysWith: { first, _ in first }),
        line: token.line)
    } catch {
      throw EquationError(
        code: error.code, message: "in the body of '\(name)': \(error.message)",
        line: error.line, column: error.column, text: error.text)
    }
  }

  private mutating func expand(
    _ name: String, _ body: String, arguments: [String: Expression], line: Int
  ) throws(EquationError) -> Expression {
    var parser = try Parser(body, line: line, notation: notation)
    parser.depth = depth
    parser.factorCount = factorCount
    parser.row = row
    parser.arguments = arguments
    parser.expanding = expanding + [name]
    let expression = try parser.sum()
    guard parser.current.kind == .end else {
      throw parser.error("the end is expected, not \(parser.current.description)")
    }
    factorCount = parser.factorCount
    return expression
  }
}

extension Symbol {
  /// Whether a reader takes it for a function where it stands before a parenthesis: a small letter or a
  /// word, with nothing around it.
  fileprivate var looksLikeFunction: Bool {
    guard marks.isEmpty, lower == nil, upper == nil else { return false }
    return base.first?.isLowercase == true || (base.count > 1 && Greek.letters[base] == nil)
  }
}

extension Expression {
  /// How many nodes the tree has.
  fileprivate var size: Int {
    var count = 0
    forEach { _ in count += 1 }
    return count
  }
}
