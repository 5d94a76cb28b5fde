extension Formulation {
  /// The equations in plain text, and where the input is zero if it is not read at every step.
  public var text: [String] { printed(by: PlainTextPrinter()) }

  /// The same in LaTeX.
  public var latex: [String] { printed(by: LaTeXPrinter()) }

  /// The same as MathML elements.
  public var mathML: [String] {
    printed(by: MathMLPrinter()).map { "<math display=\"block\">\($0)</math>" }
  }

  private func printed(by printer: some ExpressionPrinter) -> [String] {
    var lines = equations.map { $0.printed(by: printer) }
    if readsFirstInputAlone {
      let zero = Equation(input, .number(0)).printed(by: printer)
      lines.append(printer.restricted(zero, to: .afterFirst))
    }
    return lines
  }
}

/// The steps at which an equation holds, where not at every one.
enum StepRange {
  /// t = 1.
  case first
  /// t > 1.
  case afterFirst

  /// The sign between t and 1.
  var sign: String {
    switch self {
    case .first: "="
    case .afterFirst: ">"
    }
  }
}
