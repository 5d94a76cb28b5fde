/// A number and a bound on how far any evaluation of the same expression is from the exact value.
///
/// Sums may be taken in any order, with or without fused multiply-add; every operation rounds with a
/// relative error of at most u, and activations are within 4 ulp, at most 8u. Terms of second order
/// are covered by a factor of 1.001: they are below n u of the first order, and n u < 10⁻⁴ here.
/// The value itself is computed in Double and lies within the same bound, so that it and a cell's
/// result differ by at most twice the bound.
struct Tracked {
  let value: Double
  let error: Double
  let u: Double

  init(_ value: Double, error: Double = 0, u: Double) {
    self.value = value
    self.error = error * 1.001
    self.u = u
  }

  static func + (a: Tracked, b: Tracked) -> Tracked {
    let sum = a.value + b.value
    return Tracked(sum, error: a.error + b.error + a.u * abs(sum), u: a.u)
  }

  static func * (a: Tracked, b: Tracked) -> Tracked {
    let product = a.value * b.value
    return Tracked(product, error: a.propagated(times: b) + a.u * abs(product), u: a.u)
  }

  /// 1 − a.
  var complement: Tracked {
    Tracked(1 - value, error: error + u * abs(1 - value), u: u)
  }

  /// σ(a), whose slope is at most ¼.
  var sigmoid: Tracked {
    let e = Double.exp(-abs(value))
    let result = (value < 0 ? e : 1) / (1 + e)
    return Tracked(result, error: error / 4 + 8 * u * result, u: u)
  }

  /// tanh(a), whose slope is at most 1.
  var tanh: Tracked {
    let result = Double.tanh(value)
    return Tracked(result, error: error + 8 * u * abs(result), u: u)
  }

  /// max(a, 0), whose slope is at most 1.
  var relu: Tracked {
    Tracked(max(value, 0), error: error, u: u)
  }

  /// softmax(a).
  ///
  /// An exponent a_k − max a that is off by ε gives a numerator and a denominator that are each off by
  /// at most ε relatively; so do the exponentials' own 8u, and the sum and the quotient round n times.
  static func softmax(_ a: [Tracked], u: Double) -> [Tracked] {
    let largest = a.map(\.value).max() ?? 0
    let powers = a.map { Double.exp($0.value - largest) }
    let sum = powers.reduce(0, +)
    let exponent = a.map { $0.error + u * abs($0.value - largest) }.max() ?? 0
    let largestError = a.map(\.error).max() ?? 0
    let relative = 2 * (exponent + largestError + 8 * u) + Double(a.count) * u
    return powers.map { Tracked($0 / sum, error: relative * $0 / sum, u: u) }
  }

  /// The sum of products and further terms in any order.
  ///
  /// Each of n terms takes part in at most n roundings, its own product's included; one more allows
  /// for a weight given as two terms.
  static func sum(
    _ products: [(Tracked, Tracked)], _ terms: [Tracked] = [], u: Double
  ) -> Tracked {
    let values = products.map { $0.value * $1.value } + terms.map(\.value)
    let propagated =
      products.map { $0.propagated(times: $1) } + terms.map(\.error)
    let roundings = Double(values.count + 1) * u
    return Tracked(
      values.reduce(0, +),
      error: propagated.reduce(0, +) + roundings * values.reduce(0) { $0 + abs($1) }, u: u)
  }

  private func propagated(times other: Tracked) -> Double {
    error * abs(other.value) + abs(value) * other.error + error * other.error
  }
}
