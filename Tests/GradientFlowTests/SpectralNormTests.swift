import BallArithmetic
import Oracle
import Testing

@Suite("Spectral norms")
struct SpectralNormTests {
  private func matrix(_ rows: [[Double]]) -> BallMatrix {
    BallMatrix(
      rows: rows.count, columns: rows.first?.count ?? 0,
      elements: BallVector(rows.flatMap { $0 }))
  }

  private func expectNorm(
    _ matrix: BallMatrix, squared: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let norm = SpectralNorm(of: matrix)
    let exact = Ball(squared).squareRoot(precision: 256)
    #expect(norm.isDecided(bits: 50), sourceLocation: sourceLocation)
    // The exact norm lies between the bounds.
    let below = exact.subtracting(norm.lower, precision: 256)
    let above = norm.upper.subtracting(exact, precision: 256)
    #expect(!below.isNegative && !above.isNegative, sourceLocation: sourceLocation)
  }

  @Test("of matrices whose norms are known")
  func known() {
    expectNorm(matrix([[-3]]), squared: 9)
    expectNorm(matrix([[3, 0], [0, -4]]), squared: 16)
    expectNorm(matrix([[3, 4], [4, -3]]), squared: 25)
    expectNorm(matrix([[1, 2, 2], [2, 4, 4]]), squared: 45)
    expectNorm(matrix([[1, 2], [2, 4], [2, 4]]), squared: 45)
    // As many equal singular values as there are.
    expectNorm(BallMatrix(identity: 16), squared: 1)
  }

  @Test("far outside the range of float64")
  func extreme() {
    for exponent in [-5000, 5000] {
      let entry = Ball(3).scaled(byPowerOfTwo: exponent)
      let norm = SpectralNorm(
        of: BallMatrix(rows: 1, columns: 2, elements: BallVector([entry, .zero])))
      #expect(norm.upper.overlaps(entry) || norm.isDecided(bits: 50))
      let ratio = norm.upper.divided(by: entry, precision: 256)
      #expect(abs(ratio.midpoint - 1) < 0x1p-50)
    }
  }

  @Test("zero is zero, and what is undefined is not decided")
  func degenerate() {
    #expect(SpectralNorm(of: BallMatrix(zeroRows: 3, columns: 3)).upper.isZero)
    #expect(SpectralNorm(of: BallMatrix(zeroRows: 0, columns: 0)).upper.isZero)
    #expect(!SpectralNorm(of: matrix([[.nan, 1], [0, 1]])).isDecided(bits: 10))
    let wide = Ball(1).divided(by: Ball(3), precision: 4)
    #expect(
      !SpectralNorm(
        of: BallMatrix(rows: 1, columns: 1, elements: BallVector([wide]))
      ).isDecided(bits: 40))
  }

  @Test("of a product is at most the product of the norms, and not of the elementwise maxima")
  func submultiplicative() {
    let a = matrix([[1, 1], [1, 1]])
    #expect(SpectralNorm(of: a.product(a, precision: 64)).upper.midpoint <= 4 * (1 + 0x1p-50))
    #expect(SpectralNorm(of: a.product(a, precision: 64)).upper.midpoint > 1)
  }
}
