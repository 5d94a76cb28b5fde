import Equations

extension EquationSystem {
  /// The same cell with a signal for every function's value and none for what is only a sum on the way.
  ///
  /// A document that names its pre-activations and one that writes the candidate into the state's equation
  /// come to the same system. A function's value keeps the printed signal's symbol where there is one.
  ///
  /// - Returns: nil where an equation holds at the last step alone.
  func outlined() -> EquationSystem? {
    guard !signals.contains(where: \.time.isAtOneStep) else { return nil }
    var outline = Outline(input: input, axes: [input: inputAxis], shapes: shapes)
    for signal in signals {
      outline.axes[signal.symbol] = signal.axis
    }
    for signal in signals { outline.add(signal) }
    var system = self
    system.signals = outline.signals
    return system
  }
}

private struct Outline {
  let input: Symbol
  var axes: [Symbol: Axis]
  let shapes: [Slot: SlotShape]
  private(set) var signals: [EquationSystem.Signal] = []
  /// What a printed signal that is not kept stands for.
  private var inlined: [Symbol: Polynomial] = [:]
  private var unitOf: [String: Symbol] = [:]

  init(input: Symbol, axes: [Symbol: Axis], shapes: [Slot: SlotShape]) {
    self.input = input
    self.axes = axes
    self.shapes = shapes
  }

  mutating func add(_ signal: EquationSystem.Signal) {
    let inlined = inlined
    let whole = signal.polynomial.replacing {
      if case .signal(let symbol, _) = $0 { return inlined[symbol] }
      return nil
    }
    if signal.isState || signal.isOutput {
      var kept = signal
      // A state that is itself a function's value keeps the function.
      if case .apply(let activation, let argument)? = whole.singleFactor {
        kept.polynomial = outlined(argument).applied(activation)
      } else {
        kept.polynomial = outlined(whole)
      }
      signals.append(kept)
    } else if case .apply(let activation, let argument)? = whole.singleFactor {
      self.inlined[signal.symbol] = Polynomial(
        .signal(unit(activation, argument, named: signal.symbol, axis: signal.axis), .step(0)))
    } else {
      self.inlined[signal.symbol] = whole
    }
  }

  /// The polynomial with a signal in place of every function's value.
  private mutating func outlined(_ polynomial: Polynomial) -> Polynomial {
    var applications: [Factor] = []
    for term in polynomial.terms {
      term.monomial.forEachFactor {
        if case .apply = $0 { applications.append($0) }
      }
    }
    var replacements: [Factor: Polynomial] = [:]
    for application in applications {
      guard case .apply(let activation, let argument) = application else { continue }
      replacements[application] = Polynomial(
        .signal(unit(activation, argument, named: nil, axis: axis(of: argument)), .step(0)))
    }
    return polynomial.replacing { replacements[$0] }
  }

  private mutating func unit(
    _ activation: Activation, _ argument: Polynomial, named name: Symbol?, axis: Axis
  ) -> Symbol {
    let value = outlined(argument).applied(activation)
    if let known = unitOf[value.key] { return known }
    let symbol = name ?? Symbol("value", lower: "#\(unitOf.count + 1)")
    unitOf[value.key] = symbol
    axes[symbol] = axis
    signals.append(
      EquationSystem.Signal(
        symbol: symbol, polynomial: value, isState: false, isOutput: false, axis: axis,
        time: .step(0)))
    return symbol
  }

  private func axis(of polynomial: Polynomial) -> Axis {
    polynomial.terms.lazy.compactMap { axis(of: $0.monomial) }.first ?? .hidden
  }

  private func axis(of monomial: Monomial) -> Axis? {
    monomial.factors.lazy.compactMap { factor -> Axis? in
      switch factor {
      case .number, .inner: nil
      case .signal(let symbol, _): axes[symbol]
      case .vector(let slot), .product(let slot, _, _): shapes[slot]?.rows
      case .apply(_, let argument), .group(let argument): axis(of: argument)
      }
    }.first
  }
}
