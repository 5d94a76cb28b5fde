import Equations

/// A whole number that depends on I, H and O: `4H² + 4HI + 4H`.
package struct SizePolynomial: Hashable, Sendable {
  /// Coefficients by the exponents of H, I and O.
  private var coefficients: [[Int]: Int] = [:]

  static let zero = SizePolynomial()

  private init() {}

  /// The length of an axis.
  init(_ axis: Axis) {
    switch axis {
    case .hidden: coefficients = [[1, 0, 0]: 1]
    case .input: coefficients = [[0, 1, 0]: 1]
    case .output: coefficients = [[0, 0, 1]: 1]
    }
  }

  package static func + (left: SizePolynomial, right: SizePolynomial) -> SizePolynomial {
    var sum = left
    for (exponents, coefficient) in right.coefficients {
      sum.coefficients[exponents] = sum.coefficients[exponents, default: 0].plus(coefficient)
      if sum.coefficients[exponents] == 0 { sum.coefficients[exponents] = nil }
    }
    return sum
  }

  package static func * (factor: Int, polynomial: SizePolynomial) -> SizePolynomial {
    var product = polynomial
    product.coefficients = polynomial.coefficients.mapValues { $0.times(factor) }
      .filter { $0.value != 0 }
    return product
  }

  static func * (left: SizePolynomial, right: SizePolynomial) -> SizePolynomial {
    var product = SizePolynomial()
    for (a, x) in left.coefficients {
      for (b, y) in right.coefficients {
        let exponents = zip(a, b).map(+)
        product.coefficients[exponents] =
          product.coefficients[exponents, default: 0].plus(x.times(y))
      }
    }
    return product
  }

  /// The highest powers first, those of H before those of I.
  package var text: String {
    let terms = coefficients.sorted {
      let (x, y) = ($0.key, $1.key)
      return (x.reduce(0, +), x[0], x[1]) > (y.reduce(0, +), y[0], y[1])
    }
    guard !terms.isEmpty else { return "0" }
    return terms.enumerated().map { index, term in
      let sign =
        index == 0 ? (term.value < 0 ? "-" : "") : (term.value < 0 ? " - " : " + ")
      let letters = zip(["H", "I", "O"], term.key).map(Self.power).joined()
      let magnitude = term.value.magnitude
      return sign + (magnitude == 1 && !letters.isEmpty ? "" : "\(magnitude)") + letters
    }.joined()
  }

  /// Whether the number is above zero for all sizes from 1 on.
  package var isPositiveForAllSizes: Bool {
    !coefficients.isEmpty && coefficients.values.allSatisfy { $0 > 0 }
  }

  private static func power(_ letter: String, _ exponent: Int) -> String {
    switch exponent {
    case 0: ""
    case 1: letter
    case 2: letter + "²"
    default: "\(letter)^\(exponent)"
    }
  }

  /// The number for given sizes; nil where it overflows.
  func value(_ sizes: Sizes) -> Int? {
    var total = 0
    for (exponents, coefficient) in coefficients {
      var product = coefficient
      for (length, exponent) in zip([sizes.hidden, sizes.input, sizes.output], exponents) {
        for _ in 0..<exponent {
          let (next, overflow) = product.multipliedReportingOverflow(by: length)
          guard !overflow else { return nil }
          product = next
        }
      }
      let (sum, overflow) = total.addingReportingOverflow(product)
      guard !overflow else { return nil }
      total = sum
    }
    return total
  }
}

// A file may claim that a matrix stacks any number of blocks.
extension Int {
  /// The sum, or the number nearest to it that there is.
  fileprivate func plus(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }

  /// The product, or the number nearest to it that there is.
  fileprivate func times(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
  }
}
