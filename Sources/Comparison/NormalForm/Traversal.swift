import Equations

extension Polynomial {
  /// Calls `body` with the polynomial and every polynomial inside it.
  func forEachPolynomial(_ body: (Polynomial) -> Void) {
    body(self)
    for term in terms {
      term.monomial.forEachFactor { factor in
        switch factor {
        case .apply(_, let inner), .group(let inner): inner.forEachPolynomial(body)
        case .inner(let a, let b):
          a.forEachPolynomial(body)
          b.forEachPolynomial(body)
        case .number, .signal, .vector, .product: break
        }
      }
    }
  }

  /// The signals that it reads, each once, in the order of the terms.
  var reads: [Symbol] {
    var found: [Symbol] = []
    forEachPolynomial { polynomial in
      for term in polynomial.terms {
        term.monomial.forEachFactor {
          if case .signal(let symbol, _) = $0, !found.contains(symbol) { found.append(symbol) }
        }
      }
    }
    return found
  }

  /// The slots that it uses, each once, in the order of the terms.
  var slots: [Slot] {
    var found: [Slot] = []
    forEachPolynomial { polynomial in
      for slot in polynomial.terms.flatMap(\.monomial.linearSlots) where !found.contains(slot) {
        found.append(slot)
      }
    }
    return found
  }
}

extension Monomial {
  /// Calls `body` with every factor, and with those that its matrices are applied to.
  func forEachFactor(_ body: (Factor) -> Void) {
    for factor in factors {
      body(factor)
      if case .product(_, _, let inner) = factor { inner.forEachFactor(body) }
    }
  }
}
