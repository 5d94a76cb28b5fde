extension Expression {
  /// The expression as presentation MathML without the surrounding `<math>`.
  public var mathML: String { printed(by: MathMLPrinter()) }
}

extension Equation {
  /// The equation as a MathML element.
  public var mathML: String { "<math display=\"block\">\(printed(by: MathMLPrinter()))</math>" }
}

extension GradientSystem {
  /// The gradient equations as MathML elements: of each signal, of the input, of every parameter.
  public func mathML(input: Symbol) -> [String] {
    printed(by: MathMLPrinter(writesSquares: true), input: input)
      .map { "<math display=\"block\">\($0)</math>" }
  }
}

struct MathMLPrinter: ExpressionPrinter {
  var writesSquares = false

  func number(_ value: Int) -> String { "<mn>\(value)</mn>" }

  private func identifier(_ name: String) -> String {
    "<mi>\(Greek.letters[name].map { String($0) } ?? escaped(name))</mi>"
  }

  private func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
  }

  func symbol(_ symbol: Symbol, time: TimeIndex?) -> String {
    var text = identifier(symbol.base)
    switch symbol.direction {
    case .forward: text = over(text, "→")
    case .backward: text = over(text, "←")
    case nil: break
    }
    var isUpstream = false
    for mark in symbol.marks {
      switch mark {
      case .tilde: text = over(text, "~")
      case .hat: text = over(text, "^")
      case .bar: text = over(text, "¯")
      case .check: text = over(text, "ˇ")
      case .delta: text = "<mrow><mi>δ</mi>\(text)</mrow>"
      case .partial: isUpstream = true
      }
    }
    let below = below(symbol, time: time)
    switch (below.isEmpty, above(symbol)) {
    case (true, nil): break
    case (false, nil): text = "<msub>\(text)<mtext>\(escaped(below))</mtext></msub>"
    case (true, let upper?): text = "<msup>\(text)<mtext>\(escaped(upper))</mtext></msup>"
    case (false, let upper?):
      text =
        "<msubsup>\(text)<mtext>\(escaped(below))</mtext><mtext>\(escaped(upper))</mtext></msubsup>"
    }
    guard isUpstream else { return text }
    return "<mfrac><mrow><mo>∂</mo><mi>E</mi></mrow><mrow><mo>∂</mo>\(text)</mrow></mfrac>"
  }

  private func over(_ text: String, _ accent: String) -> String {
    "<mover accent=\"true\">\(text)<mo>\(accent)</mo></mover>"
  }

  func function(_ name: String, label: String?) -> String {
    guard let label else { return identifier(name) }
    return "<msub>\(identifier(name))<mtext>\(escaped(label))</mtext></msub>"
  }

  func negated(_ a: String) -> String { "<mrow><mo>−</mo>\(a)</mrow>" }

  func joined(_ a: String, _ sign: Sign, _ b: String) -> String {
    let operation =
      switch sign {
      case .plus: "+"
      case .minus: "−"
      case .hadamard: "⊙"
      }
    return "<mrow>\(a)<mo>\(operation)</mo>\(b)</mrow>"
  }

  func juxtaposed(_ a: String, _ b: String) -> String { "<mrow>\(a)<mo>&#x2062;</mo>\(b)</mrow>" }

  func applied(_ function: String, _ argument: String) -> String {
    "<mrow>\(function)<mo>&#x2061;</mo>\(parenthesized(argument))</mrow>"
  }

  func parenthesized(_ a: String) -> String { "<mrow><mo>(</mo>\(a)<mo>)</mo></mrow>" }
  func transposed(_ a: String) -> String { "<msup>\(a)<mo>⊤</mo></msup>" }
  func squared(_ a: String) -> String { "<msup>\(a)<mn>2</mn></msup>" }
  func equation(_ left: String, _ right: String) -> String {
    "<mrow>\(left)<mo>=</mo>\(right)</mrow>"
  }
  func summedOverSteps(_ a: String) -> String {
    "<mrow><munder><mo>∑</mo><mi>t</mi></munder>\(a)</mrow>"
  }
  func restricted(_ equation: String, to steps: StepRange) -> String {
    "<mrow>\(equation)<mtext>&#xA0;for&#xA0;</mtext><mi>t</mi><mo>\(escaped(steps.sign))</mo>"
      + "<mn>1</mn></mrow>"
  }
}
