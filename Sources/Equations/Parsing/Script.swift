/// What stands below or above a letter: a time, a unit index, a label, or several of them.
struct Script {
  var time: TimeIndex?
  var hasUnitIndex = false
  var label: String?

  /// Reads `t-1`, `(t)`, `[t]`, `t-d`, `t,i`, `xi`, `[x]`, `(hs)`.
  ///
  /// - Parameters:
  ///   - content: the text between the braces, without blanks.
  ///   - notation: the letters that count steps and units.
  init(_ content: String, notation: Notation) {
    var labels: [String] = []
    for part in Self.unbracketed(content, notation: notation).split(separator: ",") {
      let part = String(part)
      if let time = Self.time(part, notation: notation) {
        self.time = time
      } else if part == notation.unitIndex {
        hasUnitIndex = true
      } else {
        labels.append(part)
      }
    }
    label = labels.isEmpty ? nil : labels.joined(separator: ",")
  }

  /// A time keeps no brackets; a label keeps those it was printed with.
  private static func unbracketed(_ content: String, notation: Notation) -> String {
    guard let first = content.first, let last = content.last, content.count > 2,
      (first, last) == ("(", ")") || (first, last) == ("[", "]")
    else { return content }
    let inner = String(content.dropFirst().dropLast())
    return time(inner, notation: notation) == nil ? content : inner
  }

  private static func time(_ text: String, notation: Notation) -> TimeIndex? {
    if text == notation.timeIndex { return .step(0) }
    if text == "T" { return .last }
    guard text.hasPrefix(notation.timeIndex) else { return nil }
    let rest = text.dropFirst(notation.timeIndex.count)
    guard let sign = rest.first, sign == "-" || sign == "+" else { return nil }
    let amount = String(rest.dropFirst())
    guard let steps = Int(amount) ?? notation.delays[amount], steps >= 0 else { return nil }
    return .step(sign == "-" ? -steps : steps)
  }
}
