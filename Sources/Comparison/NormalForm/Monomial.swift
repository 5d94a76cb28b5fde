import Equations

/// A product of factors unit by unit, in one order.
struct Monomial: Hashable, Sendable {
  /// Ordered by their keys; a factor may stand several times.
  let factors: [Factor]
  let key: String
  let size: Int

  /// The product of no factors.
  static let one = Monomial([])

  init(_ factors: [Factor]) {
    self.factors = factors.count < 2 ? factors : factors.sorted { $0.key < $1.key }
    key = self.factors.map(\.key).joined(separator: ".")
    size = factors.reduce(0) { $0 + $1.size }
  }

  static func == (left: Monomial, right: Monomial) -> Bool { left.key == right.key }
  func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// The slots that the product is linear in, so that it changes its sign with each and vanishes with each.
  var linearSlots: [Slot] {
    factors.flatMap { factor -> [Slot] in
      switch factor {
      case .vector(let slot): [slot]
      case .product(let slot, _, let inner): [slot] + inner.linearSlots
      case .number, .signal, .apply, .group, .inner: []
      }
    }
  }

  /// Whether the sign can be moved into a parameter.
  var hasLinearSlots: Bool {
    factors.contains {
      switch $0 {
      case .vector, .product: true
      case .number, .signal, .apply, .group, .inner: false
      }
    }
  }

  func replacing(_ replacement: (Factor) -> Polynomial?) -> Polynomial {
    factors.reduce(Polynomial(1)) { product, factor in
      product.multiplied(by: replacement(factor) ?? factor.replacingInside(replacement))
    }
  }
}

/// What a monomial is a product of.
indirect enum Factor: Hashable, Sendable {
  /// A number too large for a coefficient.
  case number(Int)
  case signal(Symbol, TimeIndex)
  /// A parameter with one number per unit.
  case vector(Slot)
  /// A matrix applied to a product of vectors.
  case product(Slot, isTransposed: Bool, Monomial)
  /// A function by its meaning.
  case apply(Activation, Polynomial)
  /// A sum that would grow too large multiplied out.
  case group(Polynomial)
  /// `a^T b`.
  case inner(Polynomial, Polynomial)

  var key: String {
    switch self {
    case .number(let value): "n\(value)"
    case .signal(let symbol, let time): "s\(symbol.key)\(time.key)"
    case .vector(let slot): "v\(slot.key)"
    case .product(let slot, let isTransposed, let inner):
      "m\(slot.key)\(isTransposed ? "^T" : "")(\(inner.key))"
    case .apply(let activation, let argument): "f\(activation.rawValue)\(argument.key)"
    case .group(let sum): "g\(sum.key)"
    case .inner(let a, let b): "i\(min(a.key, b.key))\(max(a.key, b.key))"
    }
  }

  var size: Int {
    switch self {
    case .number, .signal, .vector: 1
    case .product(_, _, let inner): 1 + inner.size
    case .apply(_, let argument): 1 + argument.size
    case .group(let sum): 1 + sum.size
    case .inner(let a, let b): 1 + a.size + b.size
    }
  }

  fileprivate func replacingInside(_ replacement: (Factor) -> Polynomial?) -> Polynomial {
    switch self {
    case .number, .signal, .vector: Polynomial(self)
    case .product(let slot, let isTransposed, let inner):
      inner.replacing(replacement).applied(slot, isTransposed: isTransposed)
    case .apply(let activation, let argument):
      argument.replacing(replacement).applied(activation)
    case .group(let sum): Polynomial(.group(sum.replacing(replacement)))
    case .inner(let a, let b):
      Polynomial(.inner(a.replacing(replacement), b.replacing(replacement)))
    }
  }
}
