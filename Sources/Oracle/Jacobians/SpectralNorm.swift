import BallArithmetic

/// The largest singular value of a matrix, enclosed.
///
/// With A = MᵀM, λ its largest eigenvalue and n its size, every m has
/// ```
/// tr A^2m ÷ tr A^m  ≤  λ^m  ≤  √(tr A^2m)  ≤  √n λ^m
/// ```
/// so that repeated squaring closes in on λ, and ‖M‖ = √λ, from both sides, however the singular values
/// lie. Balls have exponents of any size: no power overflows, and a norm far below 10⁻³⁰⁰ is as accurate
/// as any.
public struct SpectralNorm: Sendable {
  /// A ball no number of which exceeds ‖M‖ by more than its radius.
  public let lower: Ball
  /// A ball no number of which is below ‖M‖ by more than its radius.
  public let upper: Ball

  /// Whether the two are within a relative 2^−bits of each other, radii included.
  public func isDecided(bits: Int) -> Bool {
    if upper.isZero { return true }
    let precision = Ball.Precision(bits: bits + 64)
    let gap = upper.subtracting(lower, precision: precision).divided(
      by: lower, precision: precision)
    return Ball.one.scaled(byPowerOfTwo: -bits).subtracting(gap, precision: precision).isPositive
  }

  /// Enough to square until even n equal singular values are within a relative 2^−60.
  private static let mostSquarings = 64
  /// How close the bounds come.
  private static let bits = 56

  /// The norm of a matrix; exactly zero where the matrix is, not finite where an element is not.
  public init(of matrix: BallMatrix, precision: Ball.Precision = 256) {
    var power =
      matrix.rows < matrix.columns
      ? matrix.transposed.transposedProduct(matrix.transposed, precision: precision)
      : matrix.transposedProduct(matrix, precision: precision)
    var trace = power.trace(precision)
    var (lower, upper) = (Ball.zero, trace.squareRoot(precision: precision))
    // 2m after so many squarings is 2^squarings; the norm is the 2m-th root of λ^m.
    for squarings in 1...Self.mostSquarings where !trace.isZero {
      power = power.transposedProduct(power, precision: precision)
      let next = power.trace(precision)
      lower = next.divided(by: trace, precision: precision).root(squarings, precision)
      upper = next.root(squarings + 1, precision)
      trace = next
      if Self(lower: lower, upper: upper).isDecided(bits: Self.bits) { break }
    }
    self.init(lower: lower, upper: upper)
  }

  private init(lower: Ball, upper: Ball) {
    self.lower = lower
    self.upper = upper
  }
}

extension BallMatrix {
  fileprivate func trace(_ precision: Ball.Precision) -> Ball {
    elements.slice(by: rows + 1, count: rows).dot(
      BallVector([Ball.one]).slice(by: 0, count: rows), precision: precision)
  }
}

extension Ball {
  /// The 2^times-th root.
  fileprivate func root(_ times: Int, _ precision: Precision) -> Ball {
    (0..<times).reduce(self) { root, _ in root.squareRoot(precision: precision) }
  }
}
