import BallArithmetic
import RecurrentCells
import Tensors
import Testing
import Training

@Suite("Clipping")
struct ClippingTests {
  private func vector(_ numbers: Double...) throws -> Tensor<Double> {
    try Tensor(shape: [numbers.count], scalars: numbers)
  }

  @Test("element by element exactly as the notes print it, over every tensor")
  func printed() throws {
    // if math.abs(gradient) > threshold: gradient = threshold if gradient > 0 else -threshold
    func asPrinted(_ gradient: Double, _ threshold: Double) -> Double {
      if abs(gradient) > threshold { return gradient > 0 ? threshold : -threshold }
      return gradient
    }
    let numbers: [Double] = [
      0, -0.0, 0.5, -0.5, 1, -1, 1.0.nextUp, -1.0.nextUp, 1.0.nextDown, 7, -7, 1e300, -1e300,
      .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 2,
    ]
    for threshold in [1.0, 0.5, 1e-3, .leastNonzeroMagnitude, 1e300] {
      let half = numbers.count / 2
      let gradients = [
        "a": try Tensor(shape: [half], scalars: Array(numbers[..<half])),
        "b": try Tensor(shape: [half, 1], scalars: Array(numbers[half...])),
      ]
      let found = try GradientClipping.elementwise(threshold: threshold).clip(gradients)
      let bits = ["a", "b"].flatMap { found.gradients[$0]?.scalars ?? [] }.map(\.bitPattern)
      #expect(bits == numbers.map { asPrinted($0, threshold).bitPattern })
      #expect(found.gradients["b"]?.shape == [half, 1])
      #expect(found.clippedElements == numbers.count { abs($0) > threshold })
    }
  }

  @Test("by global norm: 3, 0 and 4 in two tensors have the norm 5")
  func triple() throws {
    let gradients = ["W": try vector(3, 0), "b": try vector(-4)]
    let halved = try GradientClipping.globalNorm(threshold: 2.5).clip(gradients)
    #expect(halved.gradients == ["W": try vector(1.5, 0), "b": try vector(-2)])
    #expect(halved.clippedElements == 3)
    for threshold in [5, 5.0.nextUp, 1e10, .infinity] {
      let kept = try GradientClipping.globalNorm(threshold: threshold).clip(gradients)
      #expect(kept.gradients == gradients)
      #expect(kept.clippedElements == 0)
    }
    let below = try GradientClipping.globalNorm(threshold: 5.0.nextDown).clip(gradients)
    #expect(below.clippedElements == 3)
  }

  @Test(
    "by global norm, against balls, from the smallest numbers to the largest",
    arguments: [-1074, -1060, -540, -30, 0, 30, 500, 1010, 1023])
  func norm(_ exponent: Int) throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      let gradients = ClippedGradients.seeded(seed, exponent: exponent)
      for threshold in [1e-3, 1, 1e5] {
        let found = try GradientClipping.globalNorm(threshold: threshold).clip(gradients)
        #expect(ClippedGradients.isRight(found.gradients, of: gradients, threshold))
      }
    }
  }

  @Test("a gradient without a direction is an error; an infinite threshold clips nothing")
  func notFinite() throws {
    for bad in [Double.nan, .infinity, -.infinity] {
      let gradients = ["W": try vector(1, 2), "b": try vector(3, bad)]
      do throws(TrainingError) {
        _ = try GradientClipping.globalNorm(threshold: 1).clip(gradients)
        Issue.record("\(bad) was clipped")
      } catch {
        #expect(error.code == .gradient)
        #expect(error.name == "b")
        #expect(error.message.contains("element 1 is \(bad)"))
      }
    }
    let gradients = ["W": try vector(1e308, -.infinity)]
    #expect(
      try GradientClipping.elementwise(threshold: .infinity).clip(gradients).gradients == gradients)
  }

  @Test(
    "a threshold that is not above zero is an error",
    arguments: [0, -0.0, -1, .nan, -.infinity] as [Double])
  func threshold(_ threshold: Double) throws {
    let gradients = ["W": try vector(1)]
    for clipping in [
      GradientClipping.elementwise(threshold: threshold), .globalNorm(threshold: threshold),
    ] {
      #expect(throws: TrainingError.self) { try clipping.clip(gradients) }
      #expect(throws: TrainingError.self) {
        try GradientDescent(learningRate: 1, clipping: clipping)
      }
    }
  }

  @Test("a threshold that Float rounds to zero is an error there")
  func tinyThreshold() throws {
    let gradients = ["W": Tensor<Float>(zeros: [1])]
    #expect(throws: TrainingError.self) {
      try GradientClipping.elementwise(threshold: 1e-60).clip(gradients)
    }
  }

  @Test("no gradients, or gradients of zero, stay")
  func nothing() throws {
    for gradients in [
      [:], ["W": Tensor<Double>(zeros: [2, 2])], ["W": Tensor<Double>(zeros: [0])],
    ] {
      for clipping in [GradientClipping.elementwise(threshold: 1), .globalNorm(threshold: 1)] {
        let found = try clipping.clip(gradients)
        #expect(found.gradients == gradients)
        #expect(found.clippedElements == 0)
      }
    }
  }
}

@Suite("Wrong clippings are rejected")
struct WrongClippingTests {
  struct Wrong: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let clip: @Sendable ([String: Tensor<Double>], Double) -> [String: Tensor<Double>]
  }

  private static func norm(_ tensors: [Tensor<Double>]) -> Double {
    tensors.flatMap(\.scalars).map { $0 * $0 }.reduce(0, +).squareRoot()
  }

  @Test(
    "for the global norm",
    arguments: [
      Wrong(testDescription: "each tensor by its own norm") { gradients, threshold in
        gradients.mapValues { tensor in
          let scale = threshold / norm([tensor])
          return scale < 1 ? tensor.map { $0 * scale } : tensor
        }
      },
      Wrong(testDescription: "always scaled to the threshold") { gradients, threshold in
        let scale = threshold / norm(Array(gradients.values))
        return gradients.mapValues { $0.map { $0 * scale } }
      },
      Wrong(testDescription: "the sum of magnitudes for the norm") { gradients, threshold in
        let sum = gradients.values.flatMap(\.scalars).map(\.magnitude).reduce(0, +)
        return gradients.mapValues { $0.map { $0 * min(1, threshold / sum) } }
      },
      Wrong(testDescription: "the square of the norm") { gradients, threshold in
        let square = norm(Array(gradients.values)) * norm(Array(gradients.values))
        return gradients.mapValues { $0.map { $0 * min(1, threshold / square) } }
      },
      Wrong(testDescription: "element by element") { gradients, threshold in
        gradients.mapValues { $0.map { max(-threshold, min(threshold, $0)) } }
      },
      Wrong(testDescription: "the norm as a sum of squares that overflows") {
        gradients, threshold in
        let scale = threshold / norm(Array(gradients.values))
        return scale < 1 ? gradients.mapValues { $0.map { $0 * scale } } : gradients
      },
    ])
  func globalNorm(_ wrong: Wrong) {
    let exponents = [-30, 0, 600]
    let rejected = exponents.contains { exponent in
      [0.001, 1, 1e5].contains { threshold in
        let gradients = ClippedGradients.seeded(1, exponent: exponent)
        return !ClippedGradients.isRight(wrong.clip(gradients, threshold), of: gradients, threshold)
      }
    }
    #expect(rejected)
  }

  @Test("element by element: clipping to the sign, and ≥ for >")
  func elementwise() throws {
    let gradients = ["W": try Tensor<Double>(shape: [3], scalars: [0.25, -2, 1])]
    let found = try GradientClipping.elementwise(threshold: 1).clip(gradients)
    #expect(found.gradients["W"]?.scalars == [0.25, -1, 1])
    let sign = gradients["W"]?.scalars.map { $0 > 0 ? 1.0 : -1.0 }
    #expect(found.gradients["W"]?.scalars != sign)
    // ≥ gives the same numbers; what it says it clipped differs.
    #expect(found.clippedElements == 1)
  }
}

/// Gradients in three tensors, and whether they were clipped by their norm as they should be.
enum ClippedGradients {
  static func seeded(_ seed: UInt64, exponent: Int) -> [String: Tensor<Double>] {
    var numbers = Numbers(seed: seed)
    func tensor(_ shape: [Int]) -> Tensor<Double> {
      let tensor: Tensor<Double> = numbers.tensor(shape, magnitude: 1)
      return tensor.map { Double(sign: .plus, exponent: exponent, significand: $0) }
    }
    return ["W": tensor([3, 2]), "U": tensor([2, 5]), "b": tensor([3])]
  }

  /// Whether every element is g · min(1, threshold ÷ ‖g‖), to the roundings of the formula.
  static func isRight(
    _ found: [String: Tensor<Double>], of gradients: [String: Tensor<Double>], _ threshold: Double
  ) -> Bool {
    let elements = gradients.values.flatMap(\.scalars)
    let norm = elements.map { Ball($0).times(Ball($0)) }.sum().squareRoot(precision: Ball.bits)
    // Squares, their sum, its root, the quotient and the product.
    let roundings = γ(elements.count + 4, Double.self)
    return gradients.allSatisfy { name, tensor in
      tensor.scalars.enumerated().allSatisfy { position, g in
        guard let clipped = found[name]?[position] else { return false }
        guard norm.minus(Ball(threshold)).isPositive else { return clipped == g }
        let exact = Ball(g).times(Ball(threshold)).over(norm)
        let bound = roundings * exact.magnitude.midpoint + 2 * underflow(Double.self)
        return exact.distance(to: clipped) <= bound
      }
    }
  }
}
