import RecurrentCells
import RealModule
import Tensors
import Testing

@Suite("Activations")
struct ActivationTests {
  @Test(
    "the σ and tanh of many numbers are those of one number, wherever it stands, and right at the ends"
  )
  func fused() {
    func check<Scalar: CellScalar>(_: Scalar.Type) {
      var generator = SplitMix64(state: 5)
      let numbers = (0..<67).map { _ in Scalar(Int(generator.next() % 4096) - 2048) / 256 }
      for loop in [Scalar.kernels.logistic, Scalar.kernels.hyperbolicTangent] {
        var all = numbers
        loop(all.count, &all)
        for (number, value) in zip(numbers, all) {
          var alone = number
          loop(1, &alone)
          #expect(alone == value)
        }
      }
      var ends: [Scalar] = [-.infinity, .infinity, 0, .nan, -.greatestFiniteMagnitude, -0.0]
      ends.append(.greatestFiniteMagnitude)
      Scalar.kernels.logistic(ends.count, &ends)
      #expect(ends[0] == 0 && ends[1] == 1 && ends[2] == 0.5 && ends[3].isNaN && ends[4] == 0)
      #expect(ends[5] == 0.5 && ends[6] == 1)
      ends = [-.infinity, .infinity, -0.0, .nan, .leastNormalMagnitude]
      Scalar.kernels.hyperbolicTangent(ends.count, &ends)
      #expect(ends[0] == -1 && ends[1] == 1 && ends[2] == 0 && ends[2].sign == .minus)
      #expect(ends[3].isNaN && ends[4] == .leastNormalMagnitude)
    }
    check(Float.self)
    check(Double.self)
  }

  /// σ by the platform's exp, which is within 1 ulp.
  private func logistic(_ a: Double) -> Double {
    let e = Double.exp(-abs(a))
    return (a < 0 ? e : 1) / (1 + e)
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
    #expect(abs(logistic(a) - expected) <= 4 * expected.ulp, "by one number")
    var value = a
    Double.kernels.logistic(1, &value)
    #expect(abs(value - expected) <= 4 * expected.ulp)
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
        var (σ, φ) = (a, a)
        Float.kernels.logistic(1, &σ)
        Float.kernels.hyperbolicTangent(1, &φ)
        worst = max(worst, ulps(σ, logistic(Double(a))), ulps(φ, .tanh(Double(a))))
      }
    }
    #expect(worst <= 4)
    #expect(worst > 0.5, "nothing was compared")
  }

  @Test("a batch's activations are those of its elements")
  func batch() throws {
    let numbers: [Double] = [-800, -30, -1, -0x1p-60, 0, 0.3, 7, 40]
    let batch = Batch(try Tensor(shape: [2, 4], scalars: numbers))
    for (value, number) in zip(sigmoid(batch).scalars, numbers) {
      #expect(abs(value - logistic(number)) <= 8 * value.ulp)
    }
    for (value, number) in zip(tanh(batch).scalars, numbers) {
      #expect(abs(value - .tanh(number)) <= 8 * value.ulp)
    }
    #expect(batch.scalars == numbers, "an argument was overwritten")
  }

  @Test("relu and its slope, at zero and at NaN too")
  func relus() throws {
    let numbers: [Double] = [
      -.infinity, -3, -.leastNonzeroMagnitude, -0.0, 0, 0x1p-60, 7, .infinity,
    ]
    let batch = Batch(try Tensor(shape: [2, 4], scalars: numbers))
    let positive = relu(batch)
    #expect(positive.scalars == [0, 0, 0, 0, 0, 0x1p-60, 7, .infinity])
    #expect(positive.scalars.allSatisfy { $0.sign == .plus })
    #expect(reluSlope(positive).scalars == [0, 0, 0, 0, 0, 1, 1, 1])
    let undefined = Batch(try Tensor(shape: [1, 1], scalars: [Double.nan]))
    #expect(relu(undefined).scalars[0].isNaN && reluSlope(undefined).scalars[0].isNaN)
  }

  @Test("a softmax is exact where its powers are, never overflows, and sees each row by itself")
  func softmaxes() throws {
    func check<Scalar: CellScalar>(_: Scalar.Type) throws {
      let huge = Scalar.greatestFiniteMagnitude / 2
      let batch = Batch(
        try Tensor<Scalar>(
          shape: [4, 2], scalars: [3, 3, huge, -huge, -huge, -huge, 0, .infinity]))
      let result = softmax(batch).scalars
      #expect(Array(result[0..<6]) == [0.5, 0.5, 1, 0, 0.5, 0.5])
      #expect(result[6...].contains { $0.isNaN })
      let alone = Batch(try Tensor<Scalar>(shape: [3, 1], scalars: [-900, 0, 900]))
      #expect(softmax(alone).scalars == [1, 1, 1])
      let undefined = Batch(try Tensor<Scalar>(shape: [1, 3], scalars: [0, .nan, 1]))
      #expect(softmax(undefined).scalars.allSatisfy { $0.isNaN })
      #expect(softmax(Batch<Scalar>(zeros: 0, 3)).scalars == [])
    }
    try check(Float.self)
    try check(Double.self)
  }

  @Test("the way back through a softmax is its Jacobian")
  func softmaxJacobian() throws {
    // y_k (d_k − Σ d_j y_j) with all products exact.
    let y = Batch(try Tensor(shape: [2, 3], scalars: [0.5, 0.25, 0.25, 0, 0.75, 0.25]))
    let d = Batch(try Tensor(shape: [2, 3], scalars: [1, -2, 4, 8, 0, 4]))
    #expect(softmaxBack(d, y).scalars == [0, -0.75, 0.75, 0, -0.75, 0.75])
    #expect(softmaxBack(d - d, y).scalars.allSatisfy { $0 == 0 })
  }
}
