/// Cuts LaTeX lines into tokens; layout (`&`, `\,`, `\left`, `$`, `align`) is passed over.
struct Lexer {
  private let characters: [Character]
  private let line: Int
  private var position = 0
  private var tokens: [Token] = []
  /// For every brace that is open, whether it belongs to a command that is passed over with its braces.
  private var openBraces: [Bool] = []

  private init(_ text: String, line: Int) {
    self.characters = Array(text)
    self.line = line
  }

  /// The tokens of one printed line, closed by `.end`.
  static func tokens(of text: String, line: Int) throws(EquationError) -> [Token] {
    var lexer = Lexer(text, line: line)
    while lexer.position < lexer.characters.count { try lexer.next() }
    guard !lexer.openBraces.contains(true) else {
      throw lexer.error("'}' is expected, not the end of the line", at: lexer.position)
    }
    lexer.emit(.end, at: lexer.position)
    return lexer.tokens
  }

  private static let layout: Set<String> = [
    ",", ";", "!", ":", " ", "[", "]", "(", ")", "quad", "qquad", "left", "right", "bigl", "bigr",
    "big", "Big", "displaystyle", "nonumber",
  ]
  /// Commands that change how a letter looks and not what it is: `\mathbf{h}_t` is `h_t`.
  private static let fonts: Set<String> = ["mathbf", "boldsymbol", "bm", "mathit", "vec"]
  private static let words: Set<String> = ["text", "mathrm", "operatorname", "textrm", "mbox"]
  private static let hadamardSigns: Set<String> = [
    "odot", "circ", "otimes", "cdot", "times", "ast",
  ]
  private static let stacks: Set<String> = ["pmatrix", "bmatrix", "matrix", "array"]
  private static let displays: Set<String> = [
    "align", "align*", "aligned", "alignedat", "displaymath", "eqnarray", "eqnarray*", "equation",
    "equation*", "gather", "gather*", "gathered", "math", "multline", "multline*", "split",
  ]
  private static let arrows: Set<String> = ["leftarrow", "gets", "coloneqq"]
  private static let marks: [String: Symbol.Mark] = [
    "tilde": .tilde, "widetilde": .tilde, "hat": .hat, "widehat": .hat, "bar": .bar,
    "overline": .bar,
  ]
  private static let directions: [String: Direction] = [
    "overrightarrow": .forward, "overleftarrow": .backward,
  ]
  private static let combining: [Unicode.Scalar: Token.Kind] = [
    "\u{303}": .mark(.tilde), "\u{302}": .mark(.hat), "\u{304}": .mark(.bar),
    "\u{20D7}": .direction(.forward), "\u{20D6}": .direction(.backward),
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
    case "&", "$": break
    case "{":
      openBraces.append(false)
      emit(.punctuation(character), at: start)
    case "}":
      if openBraces.popLast() != true { emit(.punctuation(character), at: start) }
    case "(", ")", "[", "]", "^", "_", ",", ";", "=", "+", "-", "/":
      emit(.punctuation(character), at: start)
    case "−", "–": emit(.punctuation("-"), at: start)
    case "←": emit(.punctuation("="), at: start)
    case "⊙", "∘", "*", "·", "×": emit(.hadamard, at: start)
    case ".":
      guard position == characters.count || !characters[position].isDigit else {
        throw error("a whole number is expected, without a decimal point", at: start)
      }
    case "\"": emit(.word(try word(upTo: "\"", after: "\"", from: position)), at: start)
    case _ where character.isWhitespace: break
    case _ where character.isDigit:
      while position < characters.count, characters[position].isDigit { position += 1 }
      emit(.number(String(characters[start..<position])), at: start)
    default: try letter(character, at: start)
    }
  }

  private mutating func letter(_ character: Character, at start: Int) throws(EquationError) {
    if character.isASCII, character.isLetter {
      return emit(.letter(String(character)), at: start)
    }
    let scalars = character.decomposed
    let marks = scalars.dropFirst().map { Self.combining[$0] }
    guard let first = scalars.first, first.isLetter, !marks.contains(nil) else {
      throw error(
        "\(character.quoted) is not part of the notation for equations", at: start)
    }
    for case let mark? in marks.reversed() { emit(mark, at: start) }
    let letter = Character(first)
    emit(.letter(Greek.names[letter] ?? Greek.variants[letter] ?? String(letter)), at: start)
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
    if Self.fonts.contains(name) { return passOverFont() }
    if let mark = Self.marks[name] { return emit(.mark(mark), at: start) }
    if let direction = Self.directions[name] { return emit(.direction(direction), at: start) }
    if Self.hadamardSigns.contains(name) { return emit(.hadamard, at: start) }
    if Self.arrows.contains(name) { return emit(.punctuation("="), at: start) }
    if Self.words.contains(name) {
      guard position < characters.count, characters[position] == "{" else {
        throw error("'{' is expected after '\\\(name)'", at: position)
      }
      return emit(.word(try word(upTo: "}", after: "\\\(name)", from: position + 1)), at: start)
    }
    switch name {
    case "tag", "label": _ = try group(after: name)
    case "begin", "end": try environment(after: name, from: start)
    case "{", "}": emit(.punctuation(name == "{" ? "(" : ")"), at: start)
    case "tanh": emit(.word(name), at: start)
    default:
      guard Greek.letters[name] != nil else {
        throw error("the command '\\\(name)' is not part of the notation for equations", at: start)
      }
      emit(.letter(name), at: start)
    }
  }

  /// Leaves out the braces around what the font applies to.
  private mutating func passOverFont() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
    guard position < characters.count, characters[position] == "{" else { return }
    openBraces.append(true)
    position += 1
  }

  private mutating func environment(
    after command: String, from start: Int
  ) throws(EquationError) {
    let name = try group(after: command)
    if Self.stacks.contains(name) {
      emit(command == "begin" ? .beginStack : .endStack, at: start)
      if name == "array", command == "begin" { _ = try group(after: "begin{array}") }
    } else if !Self.displays.contains(name) {
      throw error(
        "the environment '\(name)' is not part of the notation for equations", at: start)
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

  /// A name of several letters, so that a printed name can be read again and be one in a file.
  private mutating func word(
    upTo end: Character, after opening: String, from start: Int
  ) throws(EquationError) -> String {
    guard start <= characters.count, let close = characters[start...].firstIndex(of: end) else {
      throw error("'\(end)' is expected after '\(opening)' and a name", at: position)
    }
    let name = String(characters[start..<close]).trimmed
    guard name.first?.isLetter == true,
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isDigit) })
    else {
      throw error("a name of letters and digits is expected, not '\(name)'", at: start)
    }
    position = close + 1
    return name
  }

  private func error(_ message: String, at start: Int) -> EquationError {
    EquationError(
      code: .syntax, message: message, line: line, column: start + 1, text: String(characters))
  }
}

extension Character {
  fileprivate var isDigit: Bool { isASCII && isWholeNumber }

  /// The Unicode scalars, an accent apart from its Latin letter.
  fileprivate var decomposed: [Unicode.Scalar] {
    unicodeScalars.flatMap { Self.accented[Character($0)] ?? [$0] }
  }

  /// Characters are equal where they are canonically equivalent, so the single scalar `ã` is found here.
  private static let accented: [Character: [Unicode.Scalar]] = {
    var table: [Character: [Unicode.Scalar]] = [:]
    for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars {
      for mark in ["\u{303}", "\u{302}", "\u{304}"] as [Unicode.Scalar] {
        table[Character(String(String.UnicodeScalarView([letter, mark])))] = [letter, mark]
      }
    }
    return table
  }()

  /// The character in quotation marks and, where it may be mistaken for another or not be seen, its code.
  fileprivate var quoted: String {
    guard !isASCII else { return "'\(self)'" }
    let codes = unicodeScalars.map { "U+" + String($0.value, radix: 16, uppercase: true) }
    return "'\(self)' (\(codes.joined(separator: " ")))"
  }
}

extension Unicode.Scalar {
  /// Whether it is a letter that stands by itself.
  fileprivate var isLetter: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .otherLetter: true
    default: false
    }
  }
}

extension String {
  /// The text without blanks at its ends.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
