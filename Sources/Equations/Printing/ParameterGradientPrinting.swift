extension GradientSystem.ParameterGradient {
  /// `∂E/∂W = Σ_t a b^T`, and for the blocks of a stacked matrix `∂E/∂W^{[r1/4]} = …`, a line each.
  func printed(by printer: some ExpressionPrinter) -> [String] {
    var blocks: [(first: Term, terms: [Term])] = []
    for term in terms {
      if let known = blocks.firstIndex(where: { $0.first.hasBlock(of: term) }) {
        blocks[known].terms.append(term)
      } else {
        blocks.append((term, [term]))
      }
    }
    blocks.sort { $0.first.blockPosition < $1.first.blockPosition }
    return blocks.map { block in
      let left = block.first.matrix.map(printer.blockLabelled) ?? symbol
      let total = Self.sum(block.terms, by: printer)
      return printer.equation(
        printer.symbol(left.marked(.partial), time: nil),
        block.terms.allSatisfy(\.isAtOneStepAlone) ? total : printer.summedOverSteps(total))
    }
  }

  /// The addends of one step, in parentheses where there are several, one without a sign first.
  private static func sum(_ terms: [Term], by printer: some ExpressionPrinter) -> String {
    let terms = terms.filter { !$0.cotangent.isNegation } + terms.filter { $0.cotangent.isNegation }
    guard let first = terms.first else { return printer.number(0) }
    if terms.count == 1 { return first.printed(by: printer, sign: true) }
    let total = terms.dropFirst().reduce(first.printed(by: printer, sign: true)) { sum, term in
      printer.joined(
        sum, term.cotangent.isNegation ? .minus : .plus, term.printed(by: printer, sign: false))
    }
    return printer.parenthesized(total)
  }
}

extension GradientSystem.ParameterGradient.Term {
  fileprivate func hasBlock(of other: Self) -> Bool {
    matrix?.rows == other.matrix?.rows && matrix?.columns == other.matrix?.columns
  }

  /// The blocks in reading order: row by row.
  fileprivate var blockPosition: (Int, Int) {
    (matrix?.rows?.index ?? 0, matrix?.columns?.index ?? 0)
  }

  /// `cotangent operand^T` or `cotangent`, its sign in front or left out.
  fileprivate func printed(by printer: some ExpressionPrinter, sign: Bool) -> String {
    var size = cotangent
    if case .negation(let inner) = cotangent { size = inner }
    var text = size.printed(by: printer)
    if let operand {
      if !size.isAtom { text = printer.parenthesized(text) }
      var column = operand.printed(by: printer)
      if !operand.isAtom { column = printer.parenthesized(column) }
      text = printer.juxtaposed(text, printer.transposed(column))
    } else if size.isSum {
      text = printer.parenthesized(text)
    }
    return sign && cotangent.isNegation ? printer.negated(text) : text
  }
}
