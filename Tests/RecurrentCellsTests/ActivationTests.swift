import RecurrentCells
import RealModule
import Tensors
import Testing

@Suite("Activations")
struct ActivationTests {
  @Test("σ at its ends and in the middle is exact")
  func exact() {
    func check<Scalar: CellScalar>(_: Scalar.Type) {
      #expect(Scalar.logistic(0) == 0.5 && Scalar.logistic(-0) == 0.5)
      #expect(Scalar.logistic(.infinity) == 1 && Scalar.logistic(-.infinity) == 0)
      #expect(Scalar.logistic(.greatestFiniteMagnitude) == 1)
      #expect(Scalar.logistic(-.greatestFiniteMagnitude) == 0)
      #expect(Scalar.logistic(.nan).isNaN)
    }
    check(Float.self)
    check(Double.self)
  }

  @Test(
    "σ in Double is within 4 ulp of 50 digits",
    arguments: [
      (-745.0, Double.leastNonzeroMagnitude),
      (-740.5, 51 * .leastNonzeroMagnitude),
      (-709.5, 0x0.54e90c99fb878p-1022),
      (-700.0, 0x1.14f2b0fb9307fp-1010),
      (-100.0, 0x1.a8c1f14e2af5dp-145),
      (-36.75, 0x1.f9494acde2138p-54),
      (-20.0, 0x1.1b4865556b5d5p-29),
      (-3.4369126571827877, 0x1.fe8d0bf2c885cp-6),
      (-1.0, 0x1.136561454ba86p-2),
      (-0.5, 0x1.829a0565978dfp-2),
      (-9.313225746154785e-10, 0x1.fffffffc00000p-2),
      (9.313225746154785e-10, 0x1.0000000200000p-1),
      (0.25, 0x1.1fd5992bc4b83p-1),
      (1.0, 0x1.764d4f5d5a2bdp-1),
      (2.5, 0x1.d9291ddb596f7p-1),
      (5.0, 0x1.fc92c130538e1p-1),
      (17.0, 0x1.fffffe9c61cf8p-1),
      (36.0, 0x1.ffffffffffffep-1),
      (37.0, 0x1.fffffffffffffp-1),
      (40.0, 0x1p+0),
    ])
  func double(a: Double, expected: Double) {
    #expect(abs(Double.logistic(a) - expected) <= 4 * expected.ulp)
  }

  @Test("σ and tanh in Float are within 4 ulp of Double, over every binade and both tails")
  func float() {
    // The Double reference is within 4 of its own ulp, 2⁻²⁹ of a Float's.
    func ulps(_ value: Float, _ exact: Double) -> Double {
      abs(Double(value) - exact) / Double(max(Float(exact).ulp, .leastNonzeroMagnitude))
    }
    var worst = 0.0
    for pattern in stride(from: UInt32(0), to: Float(110).bitPattern, by: 9973) {
      for a in [Float(bitPattern: pattern), -Float(bitPattern: pattern)] {
        worst = max(worst, ulps(.logistic(a), .logistic(Double(a))))
        worst = max(worst, ulps(.tanh(a), .tanh(Double(a))))
      }
    }
    #expect(worst <= 4)
    #expect(worst > 0.5, "nothing was compared")
  }

  @Test("a batch's activations are those of its elements")
  func batch() throws {
    let numbers: [Double] = [-800, -30, -1, -0x1p-60, 0, 0.3, 7, 40]
    let batch = Batch(try Tensor(shape: [2, 4], scalars: numbers))
    #expect(sigmoid(batch).scalars == numbers.map(Double.logistic))
    #expect(tanh(batch).scalars == numbers.map(Double.tanh))
    #expect(batch.scalars == numbers, "an argument was overwritten")
  }
}
