/// The steps that one number θ is moved by: ±h for h = 2^−10 … 2^−5.
///
/// A number below 2^−20 is moved relative to itself, by h = 2^(⌊log₂|θ|⌋ − k): a bound on the rounding
/// errors at a case says nothing about a point a thousand times further away.
struct Steps {
  /// The k of h = 2^−k, the smallest step first.
  static let exponents = [10, 9, 8, 7, 6, 5]

  /// Every step away and back: +h and −h, the smallest h first.
  let deltas: [Double]
  private let number: Double
  private let scale: Int

  /// The steps at a number.
  init(at number: Double) {
    let isSmall = number != 0 && number.magnitude < Self.smallest
    let scale = isSmall ? max(Int(number.exponent), Self.lowestScale) : 0
    self.number = number
    self.scale = scale
    deltas = Self.exponents.flatMap { k -> [Double] in
      let h = Double(sign: .plus, exponent: scale - k, significand: 1)
      return [h, -h]
    }
  }

  /// The k of h = 2^−k at a place in `exponents`.
  func exponent(_ place: Int) -> Int { Self.exponents[place] - scale }

  /// h at a place in `exponents`.
  func h(_ place: Int) -> Double { deltas[2 * place] }

  /// How far θ ± h and θ ± 2h as they are rounded may be from the exact points.
  ///
  /// 0 where θ has so few bits that they are exact, as in every case of the fixtures.
  func pointError(_ place: Int) -> Double {
    deltas[2 * place..<2 * place + 4].map { delta in
      // Knuth's error of a sum, which is exact.
      let point = number + delta
      let moved = point - number
      return ((number - (point - moved)) + (delta - moved)).magnitude
    }.reduce(0, max)
  }

  private static var smallest: Double { 0x1p-20 }
  /// Low enough for every number but those whose steps would be subnormal.
  private static var lowestScale: Int { -900 }
}
