/// A five-point difference and how far a right gradient may be from it.
///
///     D(h) = (8 (E(θ+h) − E(θ−h)) − (E(θ+2h) − E(θ−2h))) / 12h
///
/// Its error is c h⁴ + O(h⁶) from truncation, and from rounding at most 18 errors of E over 12h.
struct FivePointDifference {
  /// k of h = 2^−k.
  let exponent: Int
  /// D(h).
  let value: Double
  /// What the difference's own error may be, without the gradient's.
  let error: Double

  /// The difference of least error.
  ///
  /// - Parameters:
  ///   - losses: E at each of the steps.
  ///   - steps: the steps.
  ///   - bound: how far a loss may be from the exact one.
  /// - Returns: nil where a loss or every difference is not a finite number.
  static func best(
    of losses: ArraySlice<Double>, steps: Steps, bound: Double
  ) -> FivePointDifference? {
    guard losses.allSatisfy(\.isFinite) else { return nil }
    let rises = stride(from: losses.startIndex, to: losses.endIndex, by: 2).map {
      losses[$0] - losses[$0 + 1]
    }
    let values = (0..<rises.count - 1).map { place in
      (8 * rises[place] - rises[place + 1]) / (12 * steps.h(place))
    }
    return (0..<values.count - 1).lazy
      .map { place in
        let value = values[place]
        let rounding =
          1.5 * (bound + steps.pointError(place) * value.magnitude) / steps.h(place)
        return FivePointDifference(
          exponent: steps.exponent(place), value: value,
          error: truncation(of: values, at: place) + rounding + 2 * value.ulp)
      }
      .filter { $0.value.isFinite && !$0.error.isNaN }
      .min { $0.error < $1.error }
  }

  /// How far D(h) may be from the derivative if the losses were exact.
  ///
  /// |D(h) − D(2h)| is about 15 times the error c h⁴. Where the terms in h⁴ and h⁶ happen to cancel in it
  /// they do not in |D(h) − D(h/2)|, which is nearly the error itself; 4 times that is what counts then.
  private static func truncation(of values: [Double], at place: Int) -> Double {
    let coarser = (values[place] - values[place + 1]).magnitude
    guard place > 0 else { return coarser }
    return max(coarser, 4 * (values[place] - values[place - 1]).magnitude)
  }
}
