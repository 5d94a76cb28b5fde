import Equations

/// A right-hand side multiplied out: `Σ coefficient · a ⊙ b ⊙ …`, in one order however it was printed.
///
/// Sums, products unit by unit and matrices are multiplied out, `M (a + b) = M a + M b`; functions stand as
/// factors by their meaning. Two expressions that ring arithmetic makes equal have one polynomial:
/// `(1 − z) ⊙ h + z ⊙ n` and `h + z ⊙ (n − h)`.
struct Polynomial: Hashable, Sendable {
  struct Term: Hashable, Sendable {
    let coefficient: Int
    let monomial: Monomial

    var size: Int { monomial.size + 1 }

    /// The matrix in front and what it is applied to, where the term is nothing else.
    var matrixAndOperand: (Slot, Monomial)? {
      guard monomial.factors.count == 1,
        case .product(let slot, _, let inner)? = monomial.factors.first
      else { return nil }
      return (slot, inner)
    }
  }

  /// Ordered by their monomials' keys; no coefficient is zero and no monomial stands twice.
  let terms: [Term]
  /// A text that differs between any two polynomials.
  let key: String
  /// How many symbols, functions and terms it has.
  let size: Int

  /// A product of sums with more terms than this stays a product.
  private static let mostTerms = 32
  /// A product with a larger coefficient than this stays a product, so that no coefficient overflows.
  private static let largestCoefficient = 1 << 30
  /// A larger number is a factor of its own.
  private static let largestNumber = 1 << 20

  init(_ terms: [Term]) {
    var coefficients: [Monomial: Int] = [:]
    for term in terms { coefficients[term.monomial, default: 0] += term.coefficient }
    self.terms = coefficients.filter { $0.value != 0 }
      .map { Term(coefficient: $0.value, monomial: $0.key) }
      .sorted { $0.monomial.key < $1.monomial.key }
    let keys = self.terms.map { "\($0.coefficient)*\($0.monomial.key)" }
    key = "{\(keys.joined(separator: "+"))}"
    size = self.terms.reduce(0) { $0 + $1.size }
  }

  init(_ factor: Factor) {
    self.init([Term(coefficient: 1, monomial: Monomial([factor]))])
  }

  /// A number, the same in every unit.
  init(_ value: Int) {
    guard value.magnitude <= Self.largestNumber.magnitude else {
      self.init(.number(value))
      return
    }
    self.init([Term(coefficient: value, monomial: .one)])
  }

  /// The normal form of an expression.
  init(of expression: Expression) {
    switch expression {
    case .number(let value): self.init(value)
    case .signal(let symbol, let time): self.init(.signal(symbol, time))
    case .vector(let symbol): self.init(.vector(Slot(symbol)))
    case .product(let matrix, let a):
      self = Polynomial(of: a).applied(Slot(matrix), isTransposed: matrix.isTransposed)
    case .sum(let a, let b): self = Polynomial(of: a).adding(Polynomial(of: b))
    case .difference(let a, let b): self = Polynomial(of: a).adding(Polynomial(of: b).negated)
    case .negation(let a): self = Polynomial(of: a).negated
    case .hadamard(let a, let b): self = Polynomial(of: a).multiplied(by: Polynomial(of: b))
    case .apply(let function, let a): self = Polynomial(of: a).applied(function.activation)
    case .inner(let a, let b): self.init(.inner(Polynomial(of: a), Polynomial(of: b)))
    }
  }

  static func == (left: Polynomial, right: Polynomial) -> Bool { left.key == right.key }
  func hash(into hasher: inout Hasher) { hasher.combine(key) }

  var isZero: Bool { terms.isEmpty }

  /// The only factor of the only term with coefficient 1, where that is all there is.
  var singleFactor: Factor? {
    guard terms.count == 1, terms[0].coefficient == 1, terms[0].monomial.factors.count == 1
    else { return nil }
    return terms[0].monomial.factors[0]
  }

  // MARK: Arithmetic

  func adding(_ other: Polynomial) -> Polynomial { Polynomial(terms + other.terms) }

  var negated: Polynomial {
    Polynomial(terms.map { Term(coefficient: -$0.coefficient, monomial: $0.monomial) })
  }

  func multiplied(by other: Polynomial) -> Polynomial {
    var product: [Term] = []
    let count = terms.count.multipliedReportingOverflow(by: other.terms.count)
    guard !count.overflow, count.partialValue <= Self.mostTerms else { return grouped(with: other) }
    for a in terms {
      for b in other.terms {
        let (coefficient, overflow) = a.coefficient.multipliedReportingOverflow(by: b.coefficient)
        guard !overflow, coefficient.magnitude <= Self.largestCoefficient.magnitude else {
          return grouped(with: other)
        }
        product.append(
          Term(
            coefficient: coefficient,
            monomial: Monomial(a.monomial.factors + b.monomial.factors)))
      }
    }
    return Polynomial(product)
  }

  private func grouped(with other: Polynomial) -> Polynomial {
    Polynomial([Term(coefficient: 1, monomial: Monomial([.group(self), .group(other)]))])
  }

  /// `M p`, term by term.
  func applied(_ slot: Slot, isTransposed: Bool) -> Polynomial {
    Polynomial(
      terms.map {
        Term(
          coefficient: $0.coefficient,
          monomial: Monomial([.product(slot, isTransposed: isTransposed, $0.monomial)]))
      })
  }

  /// `f(p)`; where f is the identity, or p is 0 and f(0) is 0 too, without the function.
  func applied(_ activation: Activation) -> Polynomial {
    switch activation {
    case .identity: self
    case .tanh where isZero, .relu where isZero, .unitStep where isZero: self
    case .tanh, .relu, .unitStep, .logistic, .softmax: Polynomial(.apply(activation, self))
    }
  }

  /// The polynomial with factors replaced, wherever they stand; nil keeps a factor and looks into it.
  func replacing(_ replacement: (Factor) -> Polynomial?) -> Polynomial {
    terms.reduce(Polynomial([])) { sum, term in
      sum.adding(
        term.monomial.replacing(replacement)
          .multiplied(by: Polynomial([Term(coefficient: term.coefficient, monomial: .one)])))
    }
  }
}
