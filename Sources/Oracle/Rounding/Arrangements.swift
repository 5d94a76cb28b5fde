/// A polynomial in the arrangements that the monomials of its expanded form do not show.
///
/// Where `1 − z` is kept as w and z is written with it, another expanded form counts:
/// ```
/// (1 − z) h + z n = h − z h + z n = n + w h − w n         n + (1 − z) (h − n)
/// ```
/// No rearrangement is charged for more than the larger of the two. Where a square is subtracted from what
/// it multiplies, the product of sum and difference takes one operation more:
/// ```
/// a − a t² = a (1 − t) (1 + t)
/// ```
struct Arrangement {
  /// The node that is read as one minus itself; nil for none.
  var complement: Graph.NodeID?
  var monomials: [Graph.Monomial]

  /// The value of each monomial in a unit.
  func terms(
    _ value: (Graph.NodeID) -> Double
  ) -> [(value: Double, isExpanded: Bool)] {
    monomials.map { monomial in
      var product = Double(monomial.coefficient)
      for factor in monomial.factors { product *= value(factor) }
      if monomial.isComplemented, let complement { product *= 1 - value(complement) }
      return (product, monomial.isExpanded)
    }
  }
}

extension Graph.Combination {
  /// How many operations the longest arrangement takes.
  var mostOperations: Int {
    let isSquareSubtracted = monomials.contains { square in
      guard square.isExpanded, let factor = square.repeatedFactor else { return false }
      let rest = square.without(factor).without(factor)
      return monomials.contains {
        $0.coefficient == -square.coefficient && $0.hasFactors(of: rest)
      }
    }
    return operations + (isSquareSubtracted ? 1 : 0)
  }

  /// The expanded forms by each `1 − z` that stands in the polynomial.
  var complementedArrangements: [Arrangement] {
    guard operations > 0 else { return [] }
    var candidates: [Graph.NodeID] = []
    for monomial in monomials where monomial.isExpanded {
      for factor in monomial.factors where !candidates.contains(factor) {
        let rest = monomial.without(factor)
        let isComplement = monomials.contains {
          $0.isExpanded && $0.coefficient == -rest.coefficient && $0.hasFactors(of: rest)
        }
        if isComplement { candidates.append(factor) }
      }
    }
    return candidates.compactMap(complemented)
  }

  private func complemented(_ z: Graph.NodeID) -> Arrangement? {
    var sum: [Graph.Monomial] = []
    func add(_ monomial: Graph.Monomial) {
      var monomial = monomial
      monomial.factors.sort()
      guard
        let place = sum.firstIndex(where: {
          $0.factors == monomial.factors && $0.isComplemented == monomial.isComplemented
        })
      else { return sum.append(monomial) }
      sum[place].coefficient += monomial.coefficient
      sum[place].isExpanded = sum[place].isExpanded || monomial.isExpanded
    }
    for monomial in monomials {
      let rest = monomial.without(z)
      switch monomial.factors.count - rest.factors.count {
      case 0: add(monomial)
      case 1 where !rest.factors.contains(z):
        // a z = a − a (1 − z)
        add(rest)
        var complemented = rest
        complemented.coefficient = -rest.coefficient
        complemented.isComplemented = true
        add(complemented)
      default: return nil
      }
    }
    return Arrangement(complement: z, monomials: sum.filter { $0.coefficient != 0 })
  }
}

extension Graph.Monomial {
  /// A factor that stands in the monomial more than once.
  var repeatedFactor: Graph.NodeID? {
    factors.enumerated().first { factors[($0.offset + 1)...].contains($0.element) }?.element
  }

  /// Whether the factors are those of another one, in any order.
  func hasFactors(of other: Graph.Monomial) -> Bool {
    factors.count == other.factors.count
      && (factors == other.factors || factors.sorted() == other.factors.sorted())
  }

  /// The monomial with one factor less, where it has that.
  func without(_ factor: Graph.NodeID) -> Graph.Monomial {
    var rest = self
    if let place = factors.firstIndex(of: factor) { rest.factors.remove(at: place) }
    return rest
  }
}
