import Equations

/// Texts of expressions without the names of parameters, signals of A under their names in B.
///
/// Two terms can be equal by some choice of parameters only where their skeletons are equal.
struct Skeletons {
  private let shapes: [Slot: SlotShape]
  private let input: Symbol
  /// What the signals are called; a signal that is not there has no counterpart.
  private let names: [Symbol: Symbol]?
  private var known: [String: String] = [:]

  /// The skeletons of A under a map.
  init(a: EquationSystem, map: SignalMap) {
    shapes = a.shapes
    input = a.input
    names = map.image
  }

  /// The skeletons of B.
  init(b: EquationSystem) {
    shapes = b.shapes
    input = b.input
    names = nil
  }

  mutating func skeleton(_ polynomial: Polynomial) -> String {
    if let text = known[polynomial.key] { return text }
    let text =
      "{" + polynomial.terms.map { skeleton($0) }.sorted().joined(separator: "+") + "}"
    known[polynomial.key] = text
    return text
  }

  mutating func skeleton(_ term: Polynomial.Term) -> String {
    let coefficient =
      term.monomial.hasLinearSlots
      ? "\(term.coefficient.magnitude)" : "\(term.coefficient)"
    return "\(coefficient)*\(skeleton(term.monomial))"
  }

  mutating func skeleton(_ monomial: Monomial) -> String {
    monomial.factors.map { skeleton($0) }.sorted().joined(separator: ".")
  }

  mutating func skeleton(_ factor: Factor) -> String {
    switch factor {
    case .number(let value): "n\(value)"
    case .signal(let symbol, let time): "s\(name(symbol))\(time.key)"
    case .vector(let slot): "v\(shapes[slot]?.description ?? "")"
    case .product(let slot, let isTransposed, let inner):
      "m\(shapes[slot]?.description ?? "")\(isTransposed ? "^T" : "")(\(skeleton(inner)))"
    case .apply(let activation, let argument): "f\(activation.rawValue)\(skeleton(argument))"
    case .group(let sum): "g\(skeleton(sum))"
    case .inner(let a, let b): "i\([skeleton(a), skeleton(b)].sorted().joined(separator: ","))"
    }
  }

  private func name(_ symbol: Symbol) -> String {
    if symbol == input { return "input" }
    guard let names else { return symbol.key }
    return names[symbol]?.key ?? "none of \(symbol.key)"
  }
}
