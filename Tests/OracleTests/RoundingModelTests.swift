import BallArithmetic
import Equations
import Oracle
import Tensors
import Testing

@Suite("The rounding model by hand")
struct RoundingModelTests {
  @Test("a sum: Σ_{j=2..n} of the j largest terms of one sign")
  func sum() {
    #expect(RoundingModel.sum([]) == 0)
    #expect(RoundingModel.sum([5]) == 0)
    #expect(RoundingModel.sum([2, 0]) == 2)
    #expect(RoundingModel.sum([1, 2, 3]) == 5 + 6)
    #expect(RoundingModel.sum([1, -2, 3]) == 4 + 4)
    #expect(RoundingModel.sum([-1, -2, 4]) == 4 + 4)
    #expect(RoundingModel.sum([-3, -2, 4]) == 5 + 5)
    #expect(RoundingModel.sum([1, 1, 1, 1]) == 2 + 3 + 4)
  }

  @Test("a dot product is charged its products too, a bias is a term")
  func dot() {
    let charge = RoundingModel.combination(
      products: [1, -2], monomials: [(3, false)], operations: 0)
    #expect(charge.arithmetic == (4 + 4) + (1 + 2))
    #expect(charge.operations == 4)
    #expect(charge.activationRelative == 0 && charge.storage == 0)
  }

  @Test("a polynomial is charged all its operations on all its monomials")
  func polynomial() {
    // (1 − z) h + z n with h = 2, z = 1/2, n = 6: h − z h + z n in 4 operations.
    let charge = RoundingModel.combination(
      products: [], monomials: [(2, true), (-1, true), (3, true)], operations: 4)
    #expect(charge.arithmetic == 4 * 6)
    #expect(charge.operations == 4)
  }

  @Test("what is multiplied out beside matrix products is charged as both")
  func mixed() {
    // W x + (1 − z) h + b: products 8, h − z h in 2 operations and 2 additions, b.
    let charge = RoundingModel.combination(
      products: [8], monomials: [(2, true), (-1, true), (4, false)], operations: 4)
    let terms: Double = 12 + 14 + 14
    let expanded: Double = 4 * (2 + 1)
    #expect(charge.arithmetic == terms + 8 + expanded)
    #expect(charge.operations == 2 + 4)
  }

  @Test("activations are charged relatively and absolutely, a softmax for its differences too")
  func activations() {
    let logistic = RoundingModel.activation(.logistic, value: 0.25)
    #expect(logistic.activationRelative == 0.25 && logistic.activationAbsolute == 1)
    let tanh = RoundingModel.activation(.tanh, value: -0.5)
    #expect(tanh.activationRelative == 0.5 && tanh.activationAbsolute == 1 && tanh.arithmetic == 0)
    for activation in [Activation.relu, .unitStep, .identity] {
      let exact = RoundingModel.activation(activation, value: 3)
      #expect(exact.activationRelative == 0 && exact.arithmetic == 0 && exact.operations == 0)
    }
    let softmax = (0..<2).map { RoundingModel.softmax([0.25, 0.75], arguments: [2, 3], unit: $0) }
    #expect(softmax[0].arithmetic == 0.25 * (3 + 1 + 0.25))
    #expect(softmax[1].arithmetic == 0.75 * (3 + 0 + 0.25))
    #expect(softmax[0].activationRelative == 0.5 && softmax[1].activationRelative == 1.5)
  }
}

@Suite("The rounding model holds for sums in every order")
struct SumBoundTests {
  static let u = 0x1p-24

  /// Exact whole numbers of very different sizes, so that every sum is exact in an `Int`.
  struct Terms {
    var factors: [(Float, Float)] = []
    var biases: [Float] = []

    init(count: Int, by generator: inout CounterGenerator) {
      func whole(_ bits: Int) -> Float {
        let size = Int.random(in: 1...bits, using: &generator)
        return Float(Int.random(in: -(1 << size)...(1 << size), using: &generator))
      }
      factors = (0..<count).map { _ in (whole(24), whole(24)) }
      biases = (0..<Int.random(in: 0...2, using: &generator)).map { _ in whole(24) }
    }

    var exact: Int {
      factors.reduce(0) { $0 + Int($1.0) * Int($1.1) } + biases.reduce(0) { $0 + Int($1) }
    }

    var bound: Double {
      RoundingModel.combination(
        products: factors.map { Double($0.0) * Double($0.1) },
        monomials: biases.map { (Double($0), false) }, operations: 0
      ).arithmetic * SumBoundTests.u
    }

    var rounded: [Float] { factors.map { $0.0 * $0.1 } + biases }
  }

  /// The ways in which programs add.
  static let ways: [(name: String, sum: @Sendable (Terms, inout CounterGenerator) -> Float)] = [
    ("first to last", { terms, _ in terms.rounded.reduce(0, +) }),
    ("last to first", { terms, _ in terms.rounded.reversed().reduce(0, +) }),
    (
      "the bias first",
      { terms, _ in (terms.biases + terms.rounded.dropLast(terms.biases.count)).reduce(0, +) }
    ),
    ("in pairs", { terms, _ in pairwise(terms.rounded[...]) }),
    (
      "in eight lanes",
      { terms, _ in
        var lanes = [Float](repeating: 0, count: 8)
        for (index, term) in terms.rounded.enumerated() { lanes[index % 8] += term }
        return pairwise(lanes[...])
      }
    ),
    (
      "fused",
      { terms, _ in
        terms.factors.reduce(terms.biases.reduce(0, +)) { $0.addingProduct($1.0, $1.1) }
      }
    ),
    (
      "fused in four lanes",
      { terms, _ in
        var lanes = [Float](repeating: 0, count: 4)
        for (index, factor) in terms.factors.enumerated() {
          lanes[index % 4].addProduct(factor.0, factor.1)
        }
        return terms.biases.reduce(pairwise(lanes[...]), +)
      }
    ),
    ("ascending", { terms, _ in terms.rounded.sorted().reduce(0, +) }),
    (
      "descending by size",
      { terms, _ in
        terms.rounded.sorted { $0.magnitude > $1.magnitude }.reduce(0, +)
      }
    ),
    ("a random tree", { terms, generator in randomTree(terms.rounded, by: &generator) }),
  ]

  static func pairwise(_ terms: ArraySlice<Float>) -> Float {
    guard terms.count > 1 else { return terms.first ?? 0 }
    let middle = terms.startIndex + terms.count / 2
    return pairwise(terms[..<middle]) + pairwise(terms[middle...])
  }

  static func randomTree(_ terms: [Float], by generator: inout CounterGenerator) -> Float {
    var terms = terms
    while terms.count > 1 {
      let a = terms.remove(at: Int.random(in: terms.indices, using: &generator))
      let index = Int.random(in: terms.indices, using: &generator)
      terms[index] += a
    }
    return terms.first ?? 0
  }

  @Test("thousands of dot products, each in ten ways", arguments: [1, 2, 3, 5, 8, 17, 64])
  func dotProducts(count: Int) {
    var generator = CounterGenerator(seed: 11, name: "dot \(count)")
    var worst = 0.0
    for _ in 0..<2000 {
      let terms = Terms(count: count, by: &generator)
      let exact = terms.exact
      // The bound is of first order; of n roundings the higher orders are below n u.
      let bound = terms.bound * (1 + Double(count + 4) * Self.u)
      for (name, sum) in Self.ways {
        let error = Double((Int(sum(terms, &generator)) - exact).magnitude)
        #expect(error <= bound, "\(name): \(terms)")
        if bound > 0 { worst = max(worst, error / bound) }
      }
    }
    #expect(worst > 0.25 / Double(count), "a bound far above every error catches nothing")
  }
}

@Suite("The rounding model holds for rearranged polynomials")
struct PolynomialBoundTests {
  /// An update z of the old state h and the candidate n.
  struct Gate {
    let z, h, n: Float

    /// z near 1, near 0 and between; h and n of sizes of their own.
    init(by generator: inout CounterGenerator) {
      func size() -> Float {
        Float(sign: .plus, exponent: Int.random(in: -20...0, using: &generator), significand: 1)
      }
      func number() -> Float { Float.random(in: -1...1, using: &generator) }
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: z = 1 - size() * number().magnitude / 2
      case 1: z = size() * number().magnitude
      default: z = number().magnitude
      }
      h = number() * size()
      n = number() * size()
    }

    /// `(1 − z) h + z n` to the last bit.
    var exact: Ball {
      let (z, h, n) = (Ball(z), Ball(h), Ball(n))
      let p: Ball.Precision = 300
      return Ball.one.subtracting(z, precision: p).multiplied(by: h, precision: p)
        .adding(z.multiplied(by: n, precision: p), precision: p)
    }

    func error(of result: Float) -> Double {
      Ball(result).subtracting(exact, precision: 300).magnitude.midpoint
    }

    var bound: Double {
      let (z, h, n) = (Double(z), Double(h), Double(n))
      return RoundingModel.combination(
        products: [], monomials: [(h, true), (-z * h, true), (z * n, true)], operations: 4
      ).arithmetic * 0x1p-24
    }

    /// The same by the sizes of the intermediate results as they are written.
    var naiveBound: Double {
      let (z, h, n) = (Double(z), Double(h), Double(n))
      return 4 * ((1 - z) * h.magnitude + z * n.magnitude) * 0x1p-24
    }

    static let ways: [@Sendable (Float, Float, Float) -> Float] = [
      { z, h, n in (1 - z) * h + z * n },
      { z, h, n in h + z * (n - h) },
      { z, h, n in h - z * h + z * n },
      { z, h, n in z * n + (1 - z) * h },
      { z, h, n in z * n - (z - 1) * h },
      { z, h, n in h - z * (h - n) },
      { z, h, n in (z * n).addingProduct(1 - z, h) },
      { z, h, n in h.addingProduct(z, n - h) },
      { z, h, n in h.addingProduct(-z, h).addingProduct(z, n) },
    ]
  }

  @Test("an interpolation in nine arrangements, also where z is near 1")
  func interpolation() {
    var generator = CounterGenerator(seed: 3)
    var worst = 0.0
    var worstOfNaive = 0.0
    for _ in 0..<20_000 {
      let gate = Gate(by: &generator)
      for way in Gate.ways {
        let error = gate.error(of: way(gate.z, gate.h, gate.n))
        #expect(error <= gate.bound * (1 + 0x1p-20), "\(gate)")
        worst = max(worst, error / gate.bound)
        worstOfNaive = max(worstOfNaive, error / gate.naiveBound)
      }
    }
    #expect(worst > 0.2, "a bound far above every error catches nothing")
    #expect(worstOfNaive > 1000, "the sizes as they are written do not bound a rearrangement")
  }

  @Test("beside matrix products, where z is near 0 too")
  func interpolationInSum() {
    var generator = CounterGenerator(seed: 4)
    var worst = 0.0
    for _ in 0..<20_000 {
      let gate = Gate(by: &generator)
      let terms = SumBoundTests.Terms(count: 2, by: &generator)
      let scale: Float = 0x1p-48
      let products = terms.factors.map { ($0.0 * scale, $0.1) }
      let bound =
        RoundingModel.combination(
          products: products.map { Double($0.0) * Double($0.1) },
          monomials: [(Double(gate.h), true), (-Double(gate.z) * Double(gate.h), true)],
          operations: 3
        ).arithmetic * 0x1p-24
      let exact = products.reduce(
        Ball.one.subtracting(Ball(gate.z), precision: 300).multiplied(
          by: Ball(gate.h), precision: 300)
      ) {
        $0.adding(Ball($1.0).multiplied(by: Ball($1.1), precision: 300), precision: 300)
      }
      let dot = products[0].0 * products[0].1 + products[1].0 * products[1].1
      let kept = (1 - gate.z) * gate.h
      for result in [
        dot + kept, (kept + products[0].0 * products[0].1) + products[1].0 * products[1].1,
        (dot + gate.h) - gate.z * gate.h,
        kept.addingProduct(products[0].0, products[0].1)
          .addingProduct(products[1].0, products[1].1),
      ] {
        let error = Ball(result).subtracting(exact, precision: 300).magnitude.midpoint
        #expect(error <= bound * (1 + 0x1p-20), "\(gate) \(products)")
        worst = max(worst, error / bound)
      }
    }
    #expect(worst > 0.2)
  }
}
