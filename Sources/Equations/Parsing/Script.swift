/// What stands below or above a letter: a time, a unit index, a label, or several of them.
struct Script {
  /// The furthest that an equation may reach back or ahead; the oracle unrolls every step of it.
  static let furthestStep = 1000
  /// The steps that an equation may read, both its sides moved to step t.
  static let reach = -2 * furthestStep...2 * furthestStep

  /// Why a script says nothing.
  struct Problem: Error {
    let message: String
  }

  private(set) var time: TimeIndex?
  private(set) var hasUnitIndex = false
  private(set) var label: String?
  private(set) var layer: Int?

  /// Reads `t-1`, `(t)`, `[t]`, `t-d`, `t,i`, `xi`, `[x]`, `(hs)`, and above a letter the layer `(2)`.
  ///
  /// - Parameters:
  ///   - content: the text between the braces, without blanks.
  ///   - isAbove: whether it stands above the letter.
  ///   - notation: the letters that count steps and units.
  init(_ content: String, isAbove: Bool, notation: Notation) throws(Problem) {
    var labels: [String] = []
    var printed = notation
    printed.timeIndex = "t"
    for part in try Self.unbracketed(content, notation: notation).split(separator: ",") {
      let part = String(part)
      if let time = try Self.time(part, notation: notation) {
        guard self.time == nil else { throw Problem(message: "a second time, '\(part)'") }
        self.time = time
      } else if part == notation.unitIndex {
        hasUnitIndex = true
      } else if try Self.time(
        Self.unbracketed(part, notation: printed), notation: printed) != nil
      {
        // This project prints every time by t, and would print the label as one.
        throw Problem(message: "'\(part)' where '\(notation.timeIndex)' counts the steps")
      } else if isAbove, layer == nil, let layer = Self.layer(part) {
        self.layer = layer
      } else {
        labels.append(part)
      }
    }
    label = labels.isEmpty ? nil : labels.joined(separator: ",")
  }

  /// A time keeps no brackets; a label keeps those it was printed with.
  private static func unbracketed(
    _ content: String, notation: Notation
  ) throws(Problem) -> String {
    guard let first = content.first, let last = content.last, content.count > 2,
      (first, last) == ("(", ")") || (first, last) == ("[", "]")
    else { return content }
    let inner = String(content.dropFirst().dropLast())
    return try time(inner, notation: notation) == nil ? content : inner
  }

  private static func layer(_ text: String) -> Int? {
    guard text.hasPrefix("("), text.hasSuffix(")") else { return nil }
    let digits = text.dropFirst().dropLast()
    guard digits.first != "0", digits.allSatisfy({ $0.isASCII && $0.isWholeNumber }) else {
      return nil
    }
    return Int(digits)
  }

  private static func time(
    _ text: String, notation: Notation
  ) throws(Problem) -> TimeIndex? {
    if text == notation.timeIndex { return .step(0) }
    if text == "T" { return .last }
    guard text.hasPrefix(notation.timeIndex) else { return nil }
    let rest = text.dropFirst(notation.timeIndex.count)
    guard let sign = rest.first, sign == "-" || sign == "+" else { return nil }
    let amount = String(rest.dropFirst())
    guard !amount.isEmpty else { throw Problem(message: "'\(text)' without a number of steps") }
    let digits = amount.allSatisfy { $0.isASCII && $0.isWholeNumber }
    guard let steps = digits ? Int(amount) : notation.delays[amount] else {
      throw Problem(
        message: digits
          ? "a delay of '\(amount)' steps; the furthest is \(furthestStep)"
          : "the delay '\(amount)', to which 'delays' gives no number")
    }
    guard steps <= furthestStep else {
      throw Problem(message: "a delay of \(steps) steps; the furthest is \(furthestStep)")
    }
    return .step(sign == "-" ? -steps : steps)
  }
}
