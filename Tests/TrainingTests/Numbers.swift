import BallArithmetic
import RecurrentCells
import Tensors

/// u, half the distance from 1 to the next number.
func unitRoundoff<Scalar: CellScalar>(_ scalar: Scalar.Type) -> Double {
  Double(Scalar.ulpOfOne) / 2
}

/// γ_n = n u ÷ (1 − n u): what n roundings do to a number at most.
func γ<Scalar: CellScalar>(_ n: Int, _ scalar: Scalar.Type) -> Double {
  let nu = Double(n) * unitRoundoff(scalar)
  return nu / (1 - nu)
}

/// η, what an operation may lose to underflow.
func underflow<Scalar: CellScalar>(_ scalar: Scalar.Type) -> Double {
  Double(Scalar.leastNormalMagnitude)
}

/// The project's bound on what exp and log are off: 4 ulp, each at most 2 u of the value.
let activationRoundings = 8

/// Seeded numbers.
struct Numbers {
  private var generator: CounterGenerator

  init(seed: UInt64) { generator = CounterGenerator(seed: seed) }

  /// Uniform in ±magnitude.
  mutating func next<Scalar: CellScalar>(_ magnitude: Double) -> Scalar {
    Scalar((Double(generator.next() >> 11) * 0x1p-52 - 1) * magnitude)
  }

  mutating func tensor<Scalar: CellScalar>(
    _ shape: [Int], magnitude: Double
  ) -> Tensor<Scalar> {
    Tensor(shape: shape) { _ in next(magnitude) }
  }
}

extension Ball {
  static let bits: Ball.Precision = 640

  func plus(_ other: Ball) -> Ball { adding(other, precision: Self.bits) }
  func minus(_ other: Ball) -> Ball { subtracting(other, precision: Self.bits) }
  func times(_ other: Ball) -> Ball { multiplied(by: other, precision: Self.bits) }
  func over(_ other: Ball) -> Ball { divided(by: other, precision: Self.bits) }

  /// How far a number lies from the ball at most.
  func distance(to number: Double) -> Double {
    guard number.isFinite else { return .infinity }
    let difference = minus(Ball(number)).magnitude
    return difference.midpoint + difference.radius
  }
}

extension [Ball] {
  func sum() -> Ball { reduce(.zero) { $0.plus($1) } }
}
