/// Cuts LaTeX lines into tokens; layout (`&`, `\,`, `\left`, `$`, `align`) is passed over.
struct Lexer {
  private let characters: [Character]
  private let line: Int
  private var position = 0
  private var tokens: [Token] = []

  private init(_ text: String, line: Int) {
    self.characters = Array(text)
    self.line = line
  }

  /// The tokens of one printed line, closed by `.end`.
  static func tokens(of text: String, line: Int) throws(EquationError) -> [Token] {
    var lexer = Lexer(text, line: line)
    while lexer.position < lexer.characters.count { try lexer.next() }
    lexer.emit(.end, at: lexer.position)
    return lexer.tokens
  }

  private static let layout: Set<String> = [
    ",", ";", "!", ":", " ", "quad", "qquad", "left", "right", "bigl", "bigr", "big", "Big",
    "displaystyle", "nonumber", "mathbf", "boldsymbol", "bm", "mathit", "vec",
  ]
  private static let words: Set<String> = ["text", "mathrm", "operatorname", "textrm", "mbox"]
  private static let hadamardSigns: Set<String> = ["odot", "circ", "otimes", "cdot", "times", "ast"]
  private static let stacks: Set<String> = ["pmatrix", "bmatrix", "matrix", "array"]
  private static let arrows: Set<String> = ["leftarrow", "gets", "coloneqq"]
  private static let marks: [String: Symbol.Mark] = [
    "tilde": .tilde, "widetilde": .tilde, "hat": .hat, "widehat": .hat, "bar": .bar,
    "overline": .bar,
  ]
  private static let combining: [Unicode.Scalar: Symbol.Mark] = [
    "\u{303}": .tilde, "\u{302}": .hat, "\u{304}": .bar,
  ]

  private mutating func emit(_ kind: Token.Kind, at start: Int) {
    tokens.append(Token(kind: kind, line: line, column: start + 1))
  }

  private mutating func next() throws(EquationError) {
    let start = position
    let character = characters[position]
    position += 1
    switch character {
    case "\\": try command(from: start)
    case " ", "\t", "\n", "\r\n", "\u{A0}", "&", "$": break
    case "{", "}", "(", ")", "[", "]", "^", "_", ",", ";", "=", "+", "-", "/":
      emit(.punctuation(character), at: start)
    case "−", "–": emit(.punctuation("-"), at: start)
    case "←": emit(.punctuation("="), at: start)
    case "⊙", "∘", "*", "·", "×": emit(.hadamard, at: start)
    case ".": break
    default: try letterOrNumber(character, at: start)
    }
  }

  private mutating func letterOrNumber(_ character: Character, at start: Int) throws(EquationError) {
    if let digit = character.wholeNumberValue, character.isASCII {
      var value = digit
      while position < characters.count, characters[position].isASCII,
        let digit = characters[position].wholeNumberValue
      {
        let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
        guard !overflow, shifted <= Int.max - 9 else {
          throw error("a number of this size is not expected in an equation", at: start)
        }
        value = shifted + digit
        position += 1
      }
      return emit(.number(value), at: start)
    }
    let scalars = Array(String(character).decomposed)
    guard let first = scalars.first, first.properties.isAlphabetic else {
      throw error("'\(character)' is not part of the notation for equations", at: start)
    }
    for scalar in scalars.dropFirst().reversed() {
      guard let mark = Self.combining[scalar] else {
        throw error("'\(character)' is not part of the notation for equations", at: start)
      }
      emit(.mark(mark), at: start)
    }
    let letter = Character(first)
    emit(.letter(Greek.names[letter] ?? String(letter)), at: start)
  }

  private mutating func command(from start: Int) throws(EquationError) {
    guard position < characters.count else {
      throw error("a command is expected after '\\'", at: start)
    }
    var name = String(characters[position])
    position += 1
    if name == "\\" { return emit(.lineBreak, at: start) }
    if name.first?.isLetter == true {
      while position < characters.count, characters[position].isASCII,
        characters[position].isLetter
      {
        name.append(characters[position])
        position += 1
      }
    }
    if Self.layout.contains(name) { return }
    if let mark = Self.marks[name] { return emit(.mark(mark), at: start) }
    if Self.hadamardSigns.contains(name) { return emit(.hadamard, at: start) }
    if Self.arrows.contains(name) { return emit(.punctuation("="), at: start) }
    if Self.words.contains(name) { return emit(.word(try group(after: name)), at: start) }
    switch name {
    case "tag", "label": _ = try group(after: name)
    case "begin", "end":
      let environment = try group(after: name)
      if Self.stacks.contains(environment) {
        emit(name == "begin" ? .beginStack : .endStack, at: start)
      }
    case "{", "}": emit(.punctuation(name == "{" ? "(" : ")"), at: start)
    case "tanh", "exp": emit(.word(name), at: start)
    default:
      guard Greek.letters[name] != nil else {
        throw error("the command '\\\(name)' is not part of the notation for equations", at: start)
      }
      emit(.letter(name), at: start)
    }
  }

  private mutating func group(after name: String) throws(EquationError) -> String {
    let start = position
    guard position < characters.count, characters[position] == "{",
      let close = characters[position...].firstIndex(of: "}")
    else { throw error("'{' and '}' are expected after '\\\(name)'", at: start) }
    position = close + 1
    return String(characters[(start + 1)..<close]).trimmed
  }

  private func error(_ message: String, at start: Int) -> EquationError {
    EquationError(
      code: .syntax, message: message, line: line, column: start + 1, text: String(characters))
  }
}

extension String {
  /// The Unicode scalars with accents apart from their letters.
  fileprivate var decomposed: [Unicode.Scalar] {
    unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
      switch scalar {
      case "ã": ["a", "\u{303}"]
      case "ñ": ["n", "\u{303}"]
      case "õ": ["o", "\u{303}"]
      case "ĉ": ["c", "\u{302}"]
      case "ĝ": ["g", "\u{302}"]
      case "ĥ": ["h", "\u{302}"]
      case "ŝ": ["s", "\u{302}"]
      case "ŷ": ["y", "\u{302}"]
      default: [scalar]
      }
    }
  }

  /// The text without blanks at its ends.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
