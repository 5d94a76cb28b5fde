extension Expression {
  /// The expression in LaTeX, in the notation of this project; reading it gives the same tree.
  public var latex: String { printed(by: LaTeXPrinter()) }
}

extension Equation {
  /// The equation in LaTeX.
  public var latex: String { printed(by: LaTeXPrinter()) }
}

extension GradientSystem {
  /// The gradient equations in LaTeX: of each signal, of the input, of every parameter.
  public func latex(input: Symbol) -> [String] {
    printed(by: LaTeXPrinter(writesSquares: true), input: input)
  }
}

struct LaTeXPrinter: ExpressionPrinter {
  var writesSquares = false

  func number(_ value: Int) -> String { String(value) }

  private func letter(_ name: String) -> String {
    if Greek.letters[name] != nil || name == "tanh" { return "\\" + name }
    return name.count == 1 ? name : "\\text{\(name)}"
  }

  func symbol(_ symbol: Symbol, time: TimeIndex?) -> String {
    var text = letter(symbol.base)
    switch symbol.direction {
    case .forward: text = "\\overrightarrow{\(text)}"
    case .backward: text = "\\overleftarrow{\(text)}"
    case nil: break
    }
    var isUpstream = false
    for mark in symbol.marks {
      switch mark {
      case .tilde, .hat, .bar, .check: text = "\\\(mark.rawValue){\(text)}"
      case .delta: text = "\\delta \(text)"
      case .partial: isUpstream = true
      }
    }
    let below = below(symbol, time: time)
    if !below.isEmpty { text += "_{\(below)}" }
    if let upper = above(symbol) { text += "^{\(upper)}" }
    return isUpstream ? "\\frac{\\partial E}{\\partial \(text)}" : text
  }

  func function(_ name: String, label: String?) -> String {
    letter(name) + (label.map { "_{\($0)}" } ?? "")
  }

  func negated(_ a: String) -> String { "-\(a)" }

  func joined(_ a: String, _ sign: Sign, _ b: String) -> String {
    switch sign {
    case .plus: "\(a) + \(b)"
    case .minus: "\(a) - \(b)"
    case .hadamard: "\(a) \\odot \(b)"
    }
  }

  func juxtaposed(_ a: String, _ b: String) -> String { "\(a) \(b)" }
  func applied(_ function: String, _ argument: String) -> String { "\(function)(\(argument))" }
  func parenthesized(_ a: String) -> String { "(\(a))" }
  func transposed(_ a: String) -> String { raised(a, "\\top") }
  func squared(_ a: String) -> String { raised(a, "2") }

  /// LaTeX refuses a second superscript on one letter, so a first one is put into braces.
  private func raised(_ a: String, _ exponent: String) -> String {
    a.contains("^") ? "{\(a)}^{\(exponent)}" : "\(a)^{\(exponent)}"
  }

  func equation(_ left: String, _ right: String) -> String { "\(left) = \(right)" }
  func summedOverSteps(_ a: String) -> String { "\\sum_t \(a)" }
  func restricted(_ equation: String, to steps: StepRange) -> String {
    "\(equation) \\quad \\text{for } t \(steps.sign) 1"
  }
}
