/// One way to print expressions: the pieces that differ between LaTeX, plain text and MathML.
protocol ExpressionPrinter {
  /// Whether `a ⊙ a` is printed as a square, which gradients have and no document's equation reads.
  var writesSquares: Bool { get }
  func number(_ value: Int) -> String
  func symbol(_ symbol: Symbol, time: TimeIndex?) -> String
  /// A function's name, with its label below.
  func function(_ name: String, label: String?) -> String
  func negated(_ a: String) -> String
  func joined(_ a: String, _ sign: Sign, _ b: String) -> String
  func juxtaposed(_ a: String, _ b: String) -> String
  func applied(_ function: String, _ argument: String) -> String
  func parenthesized(_ a: String) -> String
  func transposed(_ a: String) -> String
  func squared(_ a: String) -> String
  func equation(_ left: String, _ right: String) -> String
  func summedOverSteps(_ a: String) -> String
  /// An equation with the steps at which it holds: `x_t = 0 for t > 1`.
  func restricted(_ equation: String, to steps: StepRange) -> String
}

extension ExpressionPrinter {
  /// The time as an index: `t`, `t-1`, `T`.
  func index(_ time: TimeIndex) -> String {
    switch time {
    case .step(0): "t"
    case .step(let offset): offset < 0 ? "t-\(-offset)" : "t+\(offset)"
    case .first: "1"
    case .last: "T"
    }
  }

  /// The labels above a letter, the layer last; nil where there are none.
  func above(_ symbol: Symbol) -> String? {
    let labels = [symbol.upper, symbol.layer.map { "(\($0))" }].compactMap { $0 }
    return labels.isEmpty ? nil : labels.joined(separator: ",")
  }

  /// The labels and the time below a letter; empty where there are none.
  func below(_ symbol: Symbol, time: TimeIndex?) -> String {
    [symbol.lower, time.map(index)].compactMap { $0 }.joined(separator: ",")
  }

  func function(_ function: Function) -> String {
    let parts = function.name.split(separator: "_", maxSplits: 1).map(String.init)
    return self.function(parts.first ?? "", label: parts.count > 1 ? parts[1] : nil)
  }

  func matrix(_ matrix: Matrix) -> String {
    let text = symbol(blockLabelled(matrix), time: nil)
    return matrix.isTransposed ? transposed(text) : text
  }

  /// The matrix's symbol, the label above naming the block (`W^{[r1/4;c2/2]}`, in a layer `W^{[r1/4;c2/2],(2)}`).
  func blockLabelled(_ matrix: Matrix) -> Symbol {
    var symbol = matrix.symbol
    let blocks = [("r", matrix.rows), ("c", matrix.columns)].compactMap { letter, block in
      block.map { "\(letter)\($0.index + 1)/\($0.count)" }
    }
    if !blocks.isEmpty {
      symbol.upper = (symbol.upper ?? "") + "[\(blocks.joined(separator: ";"))]"
    }
    return symbol
  }
}

/// A sign between two operands.
enum Sign {
  case plus, minus, hadamard
}

/// How tightly an expression holds together, from the loosest.
private enum Binding: Int, Comparable {
  case sum, product, chain, atom

  static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
}

extension Expression {
  /// What is multiplied by itself.
  private var root: Expression? {
    if case .hadamard(let a, let b) = self, a == b { return a }
    return nil
  }

  private var binding: Binding {
    switch self {
    case .sum, .difference, .negation: .sum
    case .hadamard: .product
    case .product, .inner: .chain
    case .number, .signal, .vector, .apply: .atom
    }
  }

  /// Whether it is printed in one piece, so that a `^T` can follow: a symbol, a function's value.
  var isAtom: Bool { binding == .atom }

  /// Whether it is printed with `+` or `-` outside any parentheses.
  var isSum: Bool { binding == .sum }

  func printed(by printer: some ExpressionPrinter) -> String {
    func part(_ expression: Expression, atLeast binding: Binding) -> String {
      let text = expression.printed(by: printer)
      let isSquare = printer.writesSquares && expression.root != nil
      return !isSquare && expression.binding < binding ? printer.parenthesized(text) : text
    }
    if printer.writesSquares, let root { return printer.squared(part(root, atLeast: .atom)) }
    switch self {
    case .number(let value): return printer.number(value)
    case .signal(let symbol, let time): return printer.symbol(symbol, time: time)
    case .vector(let symbol): return printer.symbol(symbol, time: nil)
    case .product(let matrix, let vector):
      return printer.juxtaposed(printer.matrix(matrix), part(vector, atLeast: .chain))
    case .sum(let a, let b):
      return printer.joined(part(a, atLeast: .sum), .plus, part(b, atLeast: .product))
    case .difference(let a, let b):
      return printer.joined(part(a, atLeast: .sum), .minus, part(b, atLeast: .product))
    case .negation(let a): return printer.negated(part(a, atLeast: .product))
    case .hadamard(let a, let b):
      return printer.joined(part(a, atLeast: .product), .hadamard, part(b, atLeast: .chain))
    case .apply(let function, let a):
      return printer.applied(printer.function(function), a.printed(by: printer))
    case .inner(let a, let b):
      return printer.parenthesized(
        printer.juxtaposed(
          printer.transposed(part(a, atLeast: .atom)), part(b, atLeast: .atom)))
    }
  }
}

extension Equation {
  func printed(by printer: some ExpressionPrinter) -> String {
    printer.equation(
      printer.symbol(signal, time: time), expression.printed(by: printer))
  }
}

extension GradientSystem {
  /// The equations of the gradients: of each signal, of the input and of every parameter.
  func printed(by printer: some ExpressionPrinter, input: Symbol) -> [String] {
    let ofInput = Equation(input.marked(adjointMark), .total(self.input)).printed(by: printer)
    return adjoints.map { $0.equation.printed(by: printer) }
      + [readsFirstInputAlone ? printer.restricted(ofInput, to: .first) : ofInput]
      + parameters.flatMap { $0.printed(by: printer) }
  }
}
