import Equations

/// What each node of a graph may be wrong by, for an error of one unit of each kind (no higher order).
///
/// With products p of a dot product of n terms, in any order or tree, with or without FMA, in units of u:
/// ```
/// Σ|p| + Σ_{j=2..n} max(P⁺_j, P⁻_j)        P±_j: the sum of the j largest terms of one sign
/// ```
/// Every other polynomial of m operations as it is written:
/// ```
/// m · Σ|monomials of its expanded form|
/// ```
/// which covers every rearrangement of no more operations whose intermediate results are sums of those
/// monomials: of `(1 − z) ⊙ h + z ⊙ n` also `h + z ⊙ (n − h)`. `Arrangement` covers others. A sum of both is
/// charged for both. Additions, subtractions, multiplications and absolute values
/// in a fixed order are all it takes, so the bits are the same on every machine.
package enum RoundingModel {
  /// The errors of one element by kind.
  package struct Charge {
    /// Of additions and multiplications, per u of the accumulation.
    package var arithmetic = 0.0
    /// Of an activation accurate relative to its result, per u.
    package var activationRelative = 0.0
    /// Of an activation accurate absolutely, per u.
    package var activationAbsolute = 0.0
    /// Of storing the element, per u of the storage.
    package var storage = 0.0
    /// How many operations may underflow, each by the smallest normal number.
    package var operations = 0.0

    /// The error where every unit is one, what lies under the smallest normal number left out.
    var unit: Double { arithmetic + activationRelative + storage }
  }

  /// The error of a sum of terms in any order or tree.
  package static func sum(_ terms: consuming [Double]) -> Double {
    // The largest of one sign stand at one end, those of the other sign at the other.
    terms.sort(by: >)
    var (positive, negative) = (0.0, 0.0)
    var error = 0.0
    for index in terms.indices {
      positive += max(terms[index], 0)
      negative -= min(terms[terms.count - 1 - index], 0)
      if index > 0 { error += max(positive, negative) }
    }
    return error
  }

  /// The error of one element of `Σ ± M v + Σ monomials`.
  ///
  /// - Parameters:
  ///   - products: the matrix products' terms.
  ///   - monomials: the values of the monomials, and whether each comes from a product that was
  ///     multiplied out.
  ///   - operations: how many operations the monomials took as they are written; 0 where none was
  ///     multiplied out.
  package static func combination(
    products: [Double], monomials: [(value: Double, isExpanded: Bool)], operations: Int
  ) -> Charge {
    var charge = Charge()
    let isPolynomial = products.isEmpty && operations > 0
    if !isPolynomial {
      var terms = products
      for monomial in monomials { terms.append(monomial.value) }
      charge.arithmetic = sum(terms)
    }
    for product in products { charge.arithmetic += product.magnitude }
    for monomial in monomials where isPolynomial || monomial.isExpanded {
      charge.arithmetic += Double(operations) * monomial.value.magnitude
    }
    charge.operations = Double(2 * products.count + max(operations, monomials.count - 1, 0))
    return charge
  }

  /// The error of one unit of a softmax y of x, with or without the largest x taken off first.
  ///
  /// The exponentials are those of rounded differences, y_i takes its own and the mean of all, the sum
  /// is of positive terms, and it divides or its reciprocal multiplies:
  /// ```
  /// arithmetic: |y_i| (n + 1 + |x_i − m| + Σ_j y_j |x_j − m|)        activation: 2 |y_i|
  /// ```
  package static func softmax(_ value: [Double], arguments x: [Double], unit: Int) -> Charge {
    let largest = x.max() ?? 0
    var mean = 0.0
    for (y, x) in zip(value, x) { mean += y * (largest - x) }
    var charge = Charge()
    charge.arithmetic = value[unit] * (Double(value.count + 1) + (largest - x[unit]) + mean)
    charge.activationRelative = 2 * value[unit]
    charge.activationAbsolute = 2 * value[unit]
    charge.storage = value[unit]
    charge.operations = Double(2 * value.count + 1)
    return charge
  }

  /// The error of one element of an activation.
  package static func activation(_ activation: Activation, value: Double) -> Charge {
    var charge = Charge()
    switch activation {
    case .logistic, .tanh, .softmax:
      charge.activationRelative = value.magnitude
      charge.activationAbsolute = max(1, value.magnitude)
      charge.operations = 1
    case .relu, .identity, .unitStep: break
    }
    return charge
  }
}
