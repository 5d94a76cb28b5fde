// Letters with their marks and scripts.
extension Parser {
  /// A symbol with the time that its scripts give.
  struct ParsedSymbol {
    var symbol: Symbol
    var time: TimeIndex?
    var hasUnitIndex = false
  }

  mutating func symbol() throws(EquationError) -> ParsedSymbol? {
    try descend()
    defer { depth -= 1 }
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
    case .direction(let direction):
      let token = current
      position += 1
      let braced = accept("{")
      guard let inner = try symbol() else {
        throw error("a letter is expected under the arrow, not \(current.description)")
      }
      parsed = inner
      guard parsed.symbol.direction == nil else {
        throw error("one arrow is expected over '\(parsed.symbol.base)'", at: token)
      }
      parsed.symbol.direction = direction
      if braced { try expect("}") }
    case .letter(let name), .word(let name):
      position += 1
      parsed = ParsedSymbol(symbol: Symbol(name))
    default: return nil
    }
    try readScripts(of: &parsed)
    return parsed
  }

  /// Adds the scripts at the current position to a symbol that may have some already.
  mutating func readScripts(of parsed: inout ParsedSymbol) throws(EquationError) {
    while case .punctuation(let sign) = current.kind, sign == "_" || sign == "^" {
      let token = current
      position += 1
      let content = try scriptText()
      guard sign == "_" || content != "T" else {
        throw error("a label or '(T)' is expected above; a transpose is not supported", at: token)
      }
      let script: Script
      do {
        script = try Script(content, isAbove: sign == "^", notation: notation)
      } catch let problem {
        throw error("an index or a label is expected, not \(problem.message)", at: token)
      }
      if let time = script.time {
        guard parsed.time == nil else {
          throw error(
            "one time is expected at '\(parsed.symbol.name)', not a second one", at: token)
        }
        parsed.time = time
      }
      if let layer = script.layer {
        guard parsed.symbol.layer == nil else {
          throw error(
            "one layer is expected at '\(parsed.symbol.name)', not also \(layer)", at: token)
        }
        parsed.symbol.layer = layer
      }
      if let label = script.label {
        let side = sign == "_" ? \Symbol.lower : \Symbol.upper
        guard parsed.symbol[keyPath: side] == nil else {
          throw error(
            "one label is expected at '\(parsed.symbol.name)', not also '\(label)'", at: token)
        }
        parsed.symbol[keyPath: side] = label
      }
      parsed.hasUnitIndex = parsed.hasUnitIndex || script.hasUnitIndex
    }
  }

  /// The text of a script: one token, or what stands between braces.
  private mutating func scriptText() throws(EquationError) -> String {
    guard accept("{") else {
      let piece = try scriptPiece()
      position += 1
      return piece
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
    case .letter(let text), .word(let text), .number(let text): return text
    case .punctuation(let character) where !"{}^_=".contains(character): return String(character)
    default: throw error("an index or a label is expected, not \(current.description)")
    }
  }
}
