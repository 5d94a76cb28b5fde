import Equations

/// How long an expression becomes when its products are multiplied out, before that is done.
struct ExpansionSize {
  /// Far more than a cell has; a product of n sums of two has 2^n.
  static let mostMonomials = 1024
  /// Up to here a Float holds every whole number.
  static let largestCoefficient = 1 << 24

  private var monomials = 1
  private var coefficient = 1
  /// A sum with matrix products is a node of its own, and one factor of what it is multiplied by.
  private var hasProducts = false

  /// The size of an entry, from those of the entries that it is made of.
  init(of entry: ExpressionTable.Entry, sizes: [ExpansionSize]) {
    switch entry {
    case .number(let value): coefficient = Int(clamping: value.magnitude)
    case .read, .vector, .apply, .inner: break
    case .product: hasProducts = true
    case .negation(let a): self = sizes[a]
    case .sum(let a, let b), .difference(let a, let b):
      monomials = sizes[a].monomials + sizes[b].monomials
      coefficient = max(sizes[a].coefficient, sizes[b].coefficient)
      hasProducts = sizes[a].hasProducts || sizes[b].hasProducts
    case .hadamard(let a, let b):
      let (left, right) = (sizes[a].asFactor, sizes[b].asFactor)
      monomials = left.monomials * right.monomials
      coefficient = left.coefficient * right.coefficient
    }
    // Beyond the bounds how far beyond is of no interest, and products stay far from overflow.
    monomials = min(monomials, Self.mostMonomials + 1)
    coefficient = min(coefficient, Self.largestCoefficient + 1)
  }

  private var asFactor: ExpansionSize {
    var size = self
    if hasProducts { (size.monomials, size.coefficient) = (1, 1) }
    return size
  }

  /// Whether the expression is short enough to be multiplied out.
  var isEvaluated: Bool {
    monomials <= Self.mostMonomials && coefficient <= Self.largestCoefficient
  }
}
