extension Expression {
  /// The expression in plain text with Unicode letters and signs; reading it gives the same tree.
  public var text: String { printed(by: PlainTextPrinter()) }
}

extension Equation {
  /// The equation in plain text.
  public var text: String { printed(by: PlainTextPrinter()) }
}

extension GradientSystem {
  /// The gradient equations in plain text: of each signal, of the input, of every parameter.
  public func text(input: Symbol) -> [String] {
    printed(by: PlainTextPrinter(writesSquares: true), input: input)
  }
}

/// Plain text; the name of a signal or parameter that has several letters stands in quotation marks.
struct PlainTextPrinter: ExpressionPrinter {
  var writesSquares = false

  private static let combining: [Symbol.Mark: String] = [
    .tilde: "\u{303}", .hat: "\u{302}", .bar: "\u{304}", .check: "\u{30C}",
  ]

  func number(_ value: Int) -> String { String(value) }

  private func letter(_ name: String) -> String { Greek.letters[name].map { String($0) } ?? name }

  func symbol(_ symbol: Symbol, time: TimeIndex?) -> String {
    var text = letter(symbol.base)
    let isWord = text.count > 1
    if isWord { text = "\"\(text)\"" }
    switch symbol.direction {
    case .forward: text = isWord ? "\\overrightarrow{\(text)}" : text + "\u{20D7}"
    case .backward: text = isWord ? "\\overleftarrow{\(text)}" : text + "\u{20D6}"
    case nil: break
    }
    var isUpstream = false
    for mark in symbol.marks {
      switch mark {
      case .tilde, .hat, .bar, .check:
        text = isWord ? "\\\(mark.rawValue){\(text)}" : text + (Self.combining[mark] ?? "")
      case .delta: text = "δ" + text
      case .partial: isUpstream = true
      }
    }
    let below = below(symbol, time: time)
    if !below.isEmpty { text += "_" + braced(below) }
    if let upper = above(symbol) { text += "^" + braced(upper) }
    return isUpstream ? "∂E/∂\(text)" : text
  }

  private func braced(_ script: String) -> String { script.count == 1 ? script : "{\(script)}" }

  func function(_ name: String, label: String?) -> String {
    letter(name) + (label.map { "_" + braced($0) } ?? "")
  }

  func negated(_ a: String) -> String { "-\(a)" }

  func joined(_ a: String, _ sign: Sign, _ b: String) -> String {
    switch sign {
    case .plus: "\(a) + \(b)"
    case .minus: "\(a) - \(b)"
    case .hadamard: "\(a) ⊙ \(b)"
    }
  }

  func juxtaposed(_ a: String, _ b: String) -> String { "\(a) \(b)" }
  func applied(_ function: String, _ argument: String) -> String { "\(function)(\(argument))" }
  func parenthesized(_ a: String) -> String { "(\(a))" }
  func transposed(_ a: String) -> String { "\(a)ᵀ" }
  func squared(_ a: String) -> String { "\(a)²" }
  func equation(_ left: String, _ right: String) -> String { "\(left) = \(right)" }
  func summedOverSteps(_ a: String) -> String { "Σ_t \(a)" }
  func restricted(_ equation: String, to steps: StepRange) -> String {
    "\(equation) for t \(steps.sign) 1"
  }
}
