extension GradientSystem.ParameterGradient {
  /// `∂E/∂W = Σ_t a b^T`, and for a part of a stacked matrix `∂E/∂W^{[r1/4]} = …`, a line each.
  func printed(by printer: some ExpressionPrinter) -> [String] {
    var parts: [(left: Symbol, addends: [String])] = []
    for term in terms {
      var left = symbol
      if let matrix = term.matrix { left = printer.blockLabelled(matrix) }
      var cotangent = term.cotangent.printed(by: printer)
      if case .sum = term.cotangent { cotangent = printer.parenthesized(cotangent) }
      if let operand = term.operand {
        if !term.cotangent.isSignal { cotangent = printer.parenthesized(cotangent) }
        var column = operand.printed(by: printer)
        if !operand.isSignal { column = printer.parenthesized(column) }
        cotangent = printer.juxtaposed(cotangent, printer.transposed(column))
      }
      if let known = parts.firstIndex(where: { $0.left == left }) {
        parts[known].addends.append(cotangent)
      } else {
        parts.append((left, [cotangent]))
      }
    }
    return parts.map { part in
      let total = part.addends.dropFirst().reduce(part.addends[0]) {
        printer.joined($0, .plus, $1)
      }
      return printer.equation(
        printer.symbol(part.left.marked(.partial), time: nil),
        printer.summedOverSteps(part.addends.count == 1 ? total : printer.parenthesized(total)))
    }
  }
}

extension Expression {
  fileprivate var isSignal: Bool {
    if case .signal = self { return true }
    return false
  }
}
