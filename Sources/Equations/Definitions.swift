/// Which signals a system defines, which of them are states, and the order to compute them in.
struct Definitions {
  let states: [Symbol]
  /// The states that are read at a later step.
  let backwardStates: Set<Symbol>
  let schedule: Schedule

  init(
    _ equations: [Equation], input: Symbol, place: (Int) -> (line: Int, text: String?)
  ) throws(EquationError) {
    var positions: [Symbol: Int] = [:]
    var names: Set<String> = [input.name]
    for (index, equation) in equations.enumerated() {
      let name = equation.signal.name
      guard positions.updateValue(index, forKey: equation.signal) == nil else {
        throw Self.error(.definition, "'\(name)' is defined twice", place(index))
      }
      guard equation.signal != input else {
        throw Self.error(
          .definition, "the input '\(name)' is given; no equation for it is expected", place(index))
      }
      guard names.insert(name).inserted else {
        throw Self.error(.definition, "two signals have the name '\(name)'", place(index))
      }
    }
    guard !equations.isEmpty else {
      throw EquationError(
        code: .definition, message: "there is no equation; one at least is expected")
    }
    var earlier: Set<Symbol> = []
    var later: Set<Symbol> = []
    for (index, equation) in equations.enumerated() {
      for read in equation.expression.reads {
        guard read.symbol == input || positions[read.symbol] != nil else {
          throw Self.error(
            .definition, "'\(read.symbol.name)' is read and no equation defines it", place(index))
        }
        if case .step(let offset) = read.time, !Script.reach.contains(offset) {
          throw Self.error(
            .unsupported,
            "'\(read.symbol.name)' is read \(offset.magnitude) steps away; the furthest is"
              + " \(Script.furthestStep)", place(index))
        }
        switch read.time {
        case .step where equation.time.isAtOneStep:
          throw Self.error(
            .definition,
            "'\(read.symbol.name)' is read at every step by an equation of one step alone",
            place(index))
        case .step(let offset) where offset != 0:
          let side = offset < 0 ? "an earlier" : "a later"
          guard read.symbol != input else {
            throw Self.error(
              .unsupported, "the input '\(input.name)' is read at \(side) step", place(index))
          }
          if offset < 0 { earlier.insert(read.symbol) } else { later.insert(read.symbol) }
          guard !(earlier.contains(read.symbol) && later.contains(read.symbol)) else {
            throw Self.error(
              .unsupported,
              "'\(read.symbol.name)' is read at an earlier step and at a later one; a state runs in"
                + " one direction, and a copy of it may run in the other", place(index))
          }
        case .first where read.symbol == input, .last where read.symbol == input:
          throw Self.error(
            .unsupported, "the input '\(input.name)' is read at one step alone", place(index))
        case .first where !equation.time.isAtOneStep, .last where !equation.time.isAtOneStep:
          throw Self.error(
            .definition,
            "'\(read.symbol.name)' is read at one step alone by an equation of every step",
            place(index))
        default: break
        }
      }
    }
    states = equations.map(\.signal).filter { earlier.contains($0) || later.contains($0) }
    backwardStates = later
    schedule = try Schedule(
      equations, order: Self.order(equations, positions: positions, place: place),
      positions: positions, place: place)
  }

  /// Depth first, in the document's order where the dependencies leave a choice.
  private static func order(
    _ equations: [Equation], positions: [Symbol: Int],
    place: (Int) -> (line: Int, text: String?)
  ) throws(EquationError) -> [Int] {
    var order: [Int] = []
    var done: Set<Int> = []
    var path: [Int] = []
    func visit(_ index: Int) throws(EquationError) {
      guard !done.contains(index) else { return }
      guard !path.contains(index) else {
        let cycle = (path[(path.firstIndex(of: index) ?? 0)...] + [index])
          .map { equations[$0].signal.name }
        throw error(
          .cycle, "the signals need each other within a step: \(cycle.joined(separator: " → "))",
          place(index))
      }
      path.append(index)
      for read in equations[index].expression.reads {
        if case .step(let offset) = read.time, offset != 0 { continue }
        if let needed = positions[read.symbol] { try visit(needed) }
      }
      path.removeLast()
      done.insert(index)
      order.append(index)
    }
    for index in equations.indices { try visit(index) }
    return order
  }

  static func error(
    _ code: EquationError.Code, _ message: String, _ place: (line: Int, text: String?)
  ) -> EquationError {
    EquationError(code: code, message: message, line: place.line, text: place.text)
  }
}
