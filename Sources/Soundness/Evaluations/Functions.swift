import Equations
import RealModule

// The functions of a formulation as programs compute them.
extension RoundedArithmetic {
  func logistic(_ x: Scalar, _ way: Habits.Logistic, using draws: Draws) -> Scalar {
    let result: Scalar
    switch way {
    case .stable:
      let e = flushed(.exp(-x.magnitude))
      result = (x < 0 ? e : 1) / (1 + e)
    case .plain: result = 1 / (1 + .exp(-x))
    case .throughTanh: result = 0.5 + 0.5 * .tanh(0.5 * x)
    case .inaccurate: result = moved(wide(x) { 1 / (1 + .exp(-$0)) }, by: draws.jitter)
    }
    return faulty(flushed(result))
  }

  func tanh(_ x: Scalar, _ way: Habits.Tanh, using draws: Draws) -> Scalar {
    let result: Scalar
    switch way {
    case .library: result = .tanh(x)
    case .throughExp:
      let e = flushed(.exp(-2 * x.magnitude))
      result = Scalar(signOf: x, magnitudeOf: (1 - e) / (1 + e))
    case .throughLogistic: result = 2 * (1 / (1 + .exp(-2 * x))) - 1
    case .throughExpMinusOne:
      let e = flushed(.expMinusOne(-2 * x.magnitude))
      result = Scalar(signOf: x, magnitudeOf: -e / (2 + e))
    case .inaccurate: result = moved(wide(x) { .tanh($0) }, by: draws.jitter)
    }
    return faulty(flushed(result))
  }

  /// σ′ or tanh′ from the activation's value, or from its argument where that is at hand.
  func slope(
    _ activation: Activation, value s: Scalar, argument x: Scalar?, habits: Habits,
    using draws: Draws
  ) -> Scalar {
    let way = x == nil && habits.slope != .rearranged ? .ofValue : habits.slope
    let x = x ?? 0
    switch (activation, way) {
    case (.logistic, .ofValue): return multiply(s, 1 - s)
    case (.logistic, .rearranged): return add(s, -multiply(s, s))
    case (.logistic, .recomputed):
      let again = logistic(x, habits.logistic, using: draws)
      return multiply(again, 1 - again)
    case (.logistic, .closed):
      let e = flushed(.exp(-x.magnitude))
      let open = 1 + e
      return flushed(e / multiply(open, open))
    case (.logistic, .reflected):
      return multiply(
        logistic(x, habits.logistic, using: draws), logistic(-x, habits.logistic, using: draws))
    case (_, .ofValue): return add(1, -multiply(s, s))
    case (_, .rearranged): return multiply(1 - s, 1 + s)
    case (_, .recomputed):
      let again = tanh(x, habits.tanh, using: draws)
      return add(1, -multiply(again, again))
    case (_, .closed):
      let c = Scalar.cosh(x)
      return flushed(1 / multiply(c, c))
    case (_, .reflected): return fused(1, -s, s)
    }
  }

  func softmax(
    _ x: [Scalar], _ habits: Habits, using draws: Draws
  ) -> [Scalar] {
    let shift = habits.softmax == .unshifted ? 0 : x.max() ?? 0
    let shifted = x.map { $0 - shift }
    let powers = shifted.map { power in
      habits.logistic == .inaccurate
        ? moved(wide(power) { .exp($0) }, by: draws.jitter) : flushed(.exp(power))
    }
    let total = sum(
      powers.map { Addend(base: [$0], factor: .none) }, width: 1, habits: habits, using: draws)[0]
    switch habits.softmax {
    case .shifted, .unshifted: return powers.map { flushed($0 / total) }
    case .reciprocal:
      let reciprocal = 1 / total
      return powers.map { multiply($0, reciprocal) }
    case .logarithmic:
      let logarithm = Scalar.log(total)
      return shifted.map { flushed(.exp($0 - logarithm)) }
    }
  }

  /// A function in Double, rounded once to what is narrower.
  @inline(__always)
  private func wide(_ x: Scalar, _ function: (Double) -> Double) -> Scalar {
    Scalar(function(Double(x)))
  }

  /// A number so many ulp away.
  ///
  /// Double's own library takes one of the four ulp that activations may be off.
  private func moved(_ x: Scalar, by ulps: Int) -> Scalar {
    let isWidest = Scalar.significandBitCount >= Double.significandBitCount
    return flushed(x + Scalar(isWidest ? ulps.signum() * min(2, abs(ulps)) : ulps) * x.ulp)
  }

  private func faulty(_ x: Scalar) -> Scalar {
    guard case .inaccurateActivations(let ulps) = fault else { return x }
    return x + Scalar(ulps) * x.ulp
  }
}
