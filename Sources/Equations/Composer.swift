/// Puts copies of a formulation together.
struct Composer {
  private let original: Formulation
  private let composition: Composition

  init(_ original: Formulation, _ composition: Composition) {
    self.original = original
    self.composition = composition
  }

  /// A copy of the original in its place.
  private struct Part {
    let layer: Int?
    let direction: Direction?

    func symbol(_ symbol: Symbol) -> Symbol {
      var own = symbol
      own.layer = layer ?? own.layer
      own.direction = direction ?? own.direction
      return own
    }

    func time(_ time: TimeIndex) -> TimeIndex { direction == .backward ? time.mirrored : time }
  }

  private func fail(_ message: String) -> EquationError {
    EquationError(code: .unsupported, message: message)
  }

  // MARK: What fits

  /// Refuses what the composition makes no sense of.
  func check() throws(EquationError) {
    let most =
      Formulation.mostEquations / (composition.directions.count * original.equations.count)
    guard composition.layerCount >= 1, composition.layerCount <= most else {
      throw fail("\(composition.layerCount) layers; from 1 to \(most) are expected")
    }
    let symbols =
      [original.input] + original.signals + original.parameters.map(\.symbol)
    if let symbol = symbols.first(where: { $0.layer != nil }) {
      throw fail("'\(symbol.name)' is in a layer already")
    }
    guard original.longestLead == 0 else {
      throw fail("it runs backward in time already; what has one direction is expected")
    }
    if composition.directions.count > 1, let symbol = symbols.first(where: { $0.direction != nil })
    {
      throw fail("'\(symbol.name)' has a direction already")
    }
  }

  /// What a layer passes on to the next one.
  private func hiddenOutput() throws(EquationError) -> Symbol {
    let output = original.outputs.first {
      original.axis(of: $0) == .hidden && !original.isAtOneStepAlone($0)
    }
    if let output { return output }
    var seen: Set<Symbol> = []
    func state(below signals: [Symbol]) -> Symbol? {
      for signal in signals where seen.insert(signal).inserted {
        let equation = original.equations.first { $0.signal == signal }
        let read = equation?.expression.reads.map(\.symbol) ?? []
        if let found = read.first(where: original.states.contains) ?? state(below: read) {
          return found
        }
      }
      return nil
    }
    guard let state = state(below: original.outputs) else {
      throw fail("no output is a state or computed from one, to be passed on to the next layer")
    }
    return state
  }

  // MARK: Equations

  func equations() throws(EquationError) -> [Equation] {
    let blocks = InputBlocks(original)
    var equations: [Equation] = []
    var below: [Symbol] = []
    for layer in composition.layers {
      if below.count > 1 { try blocks.check(original) }
      let parts = parts(of: layer)
      for part in parts {
        for equation in original.equations {
          equations.append(
            Equation(
              part.symbol(equation.signal), at: part.time(equation.time),
              equation.expression.rewritten { rewrite($0, of: part, reading: below, blocks) }))
        }
      }
      if layer != composition.layers.last {
        let hidden = try hiddenOutput()
        below = parts.map { $0.symbol(hidden) }
      }
    }
    return equations
  }

  private func parts(of layer: Int?) -> [Part] {
    composition.directions.map { Part(layer: layer, direction: $0) }
  }

  /// A piece of an expression as a part has it, its operands rewritten already.
  ///
  /// - Parameter below: what is read in place of the input: nothing in the lowest layer, else the hidden
  ///   output of each direction of the layer below.
  private func rewrite(
    _ expression: Expression, of part: Part, reading below: [Symbol], _ blocks: InputBlocks
  ) -> Expression {
    let isStacked = below.count > 1
    switch expression {
    case .signal(original.input, let time):
      return .signal(isStacked ? original.input : below.first ?? original.input, time)
    case .signal(let symbol, let time): return .signal(part.symbol(symbol), part.time(time))
    case .vector(let symbol): return .vector(part.symbol(symbol))
    case .product(let matrix, let operand):
      func product(columns: Matrix.Block?, _ operand: Expression) -> Expression {
        .product(
          Matrix(
            part.symbol(matrix.symbol), rows: matrix.rows, columns: columns,
            isTransposed: matrix.isTransposed), operand)
      }
      guard isStacked else { return product(columns: matrix.columns, operand) }
      guard operand == .signal(original.input, .step(0)) else {
        return product(columns: blocks.columns(of: matrix).first ?? nil, operand)
      }
      let addends = zip(blocks.columns(of: matrix), below).map {
        product(columns: $0, .signal($1, .step(0)))
      }
      guard let first = addends.first else { return expression }
      return addends.dropFirst().reduce(first) { .sum($0, $1) }
    default: return expression
    }
  }

  // MARK: The declaration

  /// What the composed equations are declared as.
  func declaration(of equations: [Equation]) -> Declaration {
    let parts = composition.layers.flatMap(parts)
    let notation = original.declaration.notation
    func names(_ symbols: [Symbol], in parts: [Part]) -> [String] {
      parts.flatMap { part in symbols.map { part.symbol($0).name } }
    }
    func parameters(where isWanted: (Parameter) -> Bool) -> Set<String> {
      Set(names(original.parameters.filter(isWanted).map(\.symbol), in: parts))
    }
    return Declaration(
      id: original.id + composition.suffix,
      title: "\(original.declaration.title), \(composition.title)",
      document: original.declaration.document, lines: equations.map(\.latex),
      notation: Notation(
        input: notation.input, inputSteps: notation.inputSteps, functions: notation.functions,
        vectors: parameters { $0.shape.columns == nil },
        fractions: parameters { notation.fractions.contains($0.name) },
        constants: parameters { notation.constants.contains($0.name) }),
      reading: original.declaration.reading,
      outputs: names(original.outputs, in: parts.suffix(composition.directions.count)))
  }
}

/// Which blocks of columns of each matrix are applied to the input, and where they are once two states take
/// its place.
private struct InputBlocks {
  /// The numbers of the blocks by matrix; 0 of one that is not cut.
  private var ofInput: [Symbol: Set<Int>] = [:]

  init(_ formulation: Formulation) {
    for equation in formulation.equations {
      equation.expression.forEach {
        if case .product(let matrix, .signal(formulation.input, _)) = $0 {
          ofInput[matrix.symbol, default: []].insert(matrix.columns?.index ?? 0)
        }
      }
    }
  }

  /// Refuses a formulation in which two states cannot take the place of the input.
  func check(_ formulation: Formulation) throws(EquationError) {
    var problem: String?
    for equation in formulation.equations {
      var (reads, products) = (0, 0)
      equation.expression.forEach {
        switch $0 {
        case .signal(formulation.input, _): reads += 1
        case .product(_, .signal(formulation.input, _)): products += 1
        case .product(let matrix, _) where isOfInput(matrix):
          problem =
            problem
            ?? "the matrix '\(matrix.symbol.name)' is applied to the input and to something else"
        default: break
        }
      }
      if reads != products {
        problem =
          problem ?? "the input '\(formulation.input.name)' is used otherwise than by a matrix"
      }
    }
    guard let problem else { return }
    throw EquationError(
      code: .unsupported,
      message: problem + ", and the states of both directions cannot take the input's place")
  }

  private func isOfInput(_ matrix: Matrix) -> Bool {
    ofInput[matrix.symbol]?.contains(matrix.columns?.index ?? 0) ?? false
  }

  /// The blocks that a block becomes: two where it is applied to the input, else one; nil for a matrix that is
  /// not cut.
  func columns(of matrix: Matrix) -> [Matrix.Block?] {
    let inputs = ofInput[matrix.symbol] ?? []
    guard matrix.columns != nil || !inputs.isEmpty else { return [nil] }
    let index = matrix.columns?.index ?? 0
    let start = index + inputs.count { $0 < index }
    let count = (matrix.columns?.count ?? 1) + inputs.count
    return (0..<(isOfInput(matrix) ? 2 : 1)).map { Matrix.Block(index: start + $0, of: count) }
  }
}

extension TimeIndex {
  /// The same index where steps are counted from the other end.
  fileprivate var mirrored: TimeIndex {
    switch self {
    case .step(let offset): .step(-offset)
    case .first: .last
    case .last: .first
    }
  }
}
