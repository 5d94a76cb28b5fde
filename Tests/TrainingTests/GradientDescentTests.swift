import Conformance
import Equations
import RecurrentCells
import Tensors
import Testing
import Training

@Suite("Gradient descent")
struct GradientDescentTests {
  @Test("θ − η g, with the norm before clipping; a parameter without a gradient stays")
  func step() throws {
    let parameters = [
      "W": try Tensor<Double>(shape: [2], scalars: [1, 2]), "α": Tensor<Double>(zeros: [1]),
    ]
    let gradients = ["W": try Tensor<Double>(shape: [2], scalars: [3, -4])]
    let plain = try GradientDescent(learningRate: 0.5, clipping: nil)
      .step(from: parameters, along: gradients)
    #expect(plain.parameters["W"]?.scalars == [-0.5, 4])
    #expect(plain.parameters["α"] == parameters["α"])
    #expect(plain.gradientNorm == 5)
    #expect(plain.clippedElements == 0)
    let clipped = try GradientDescent(
      learningRate: 0.5, clipping: .globalNorm(threshold: 2.5)
    ).step(from: parameters, along: gradients)
    #expect(clipped.parameters["W"]?.scalars == [0.25, 3])
    #expect(clipped.gradientNorm == 5)
    #expect(clipped.clippedElements == 2)
  }

  @Test("a range holds: the nearer end of what leaves it")
  func range() throws {
    let parameters = ["α": try Tensor<Float>(shape: [3], scalars: [0.1, 0.5, 0.9])]
    let gradients = ["α": try Tensor<Float>(shape: [3], scalars: [1, 0.25, -1])]
    let found = try GradientDescent(learningRate: 1, clipping: nil)
      .step(from: parameters, along: gradients, within: ["α": 0...1, "W": 0...1])
    #expect(found.parameters["α"]?.scalars == [0, 0.25, 1])
  }

  @Test("what cannot be followed is an error that names the tensor")
  func errors() throws {
    let descent = try GradientDescent(learningRate: 1, clipping: nil)
    func failure(_ gradients: [String: Tensor<Double>]) -> TrainingError? {
      do throws(TrainingError) {
        _ = try descent.step(from: ["W": Tensor(zeros: [2])], along: gradients)
        return nil
      } catch { return error }
    }
    #expect(failure(["W": Tensor(zeros: [2])]) == nil)
    #expect(failure(["V": Tensor(zeros: [2])])?.code == .parameter)
    #expect(failure(["W": Tensor(zeros: [2, 1])])?.code == .parameter)
    let bad = failure(["W": try Tensor(shape: [2], scalars: [0, .nan])])
    #expect(bad?.code == .gradient)
    #expect(bad?.name == "W")
  }

  @Test("clipping by element makes an infinite gradient a step, and leaves NaN an error")
  func infinite() throws {
    let descent = try GradientDescent(
      learningRate: 1, clipping: .elementwise(threshold: 2))
    let parameters = ["W": Tensor<Double>(zeros: [2])]
    let found = try descent.step(
      from: parameters, along: ["W": try Tensor(shape: [2], scalars: [.infinity, 1])])
    #expect(found.parameters["W"]?.scalars == [-2, -1])
    #expect(found.gradientNorm == .infinity)
    #expect(throws: TrainingError.self) {
      try descent.step(
        from: parameters, along: ["W": try Tensor(shape: [2], scalars: [.nan, 1])])
    }
  }

  @Test(
    "a learning rate that is not finite and above zero is an error",
    arguments: [0, -1, .nan, .infinity] as [Double])
  func learningRate(_ rate: Double) {
    #expect(throws: TrainingError.self) {
      try GradientDescent(learningRate: rate, clipping: nil)
    }
  }
}

@Suite("Initial parameters")
struct InitializationTests {
  private func formulation(_ id: String) throws -> Formulation {
    try Catalogue.formulation(named: id)
  }

  private let sizes = Sizes(input: 7, hidden: 12, output: 3)

  @Test("the same for a seed, other ones for another seed and another name; within ±√(3 ÷ M)")
  func seeded() throws {
    let lstm = try formulation("donahue-lstm")
    func parameters(_ seed: UInt64) throws -> [String: Tensor<Double>] {
      try Initialization(seed: seed, carriedShare: 0.5)
        .parameters(of: lstm, sizes, in: Double.self)
    }
    let first = try parameters(1)
    #expect(try parameters(1) == first)
    #expect(try parameters(2)["W_xi"] != first["W_xi"])
    #expect(first["W_xi"] != first["W_xf"])
    #expect(Set(first.keys) == Set(lstm.parameters.map(\.name)))
    for (name, tensor) in first where tensor.shape.count == 2 {
      let limit = (3 / Double(tensor.shape[1])).squareRoot()
      #expect(tensor.scalars.allSatisfy { $0.magnitude <= limit }, "\(name)")
      // Of as many numbers, some lie in either outer half.
      #expect(
        tensor.scalars.contains { $0 > limit / 2 } && tensor.scalars.contains { $0 < -limit / 2 })
    }
    for (name, tensor) in first where tensor.shape.count == 1 {
      #expect(tensor.scalars.allSatisfy { $0 == 0 }, "\(name)")
    }
  }

  @Test(
    "the gates that carry a state, and which way, by the equations",
    arguments: [
      ("donahue-lstm", "f", true, "b_f"), ("cs224d-lstm", "f", true, "b_f"),
      ("padhai-lstm", "f", true, "b_f"), ("knight-lstm", "f", true, nil),
      ("cs224d-gru", "z", false, "b_z"), ("padhai-gru", "i", false, "b_i"),
    ] as [(String, String, Bool, String?)])
  func carryGates(_ id: String, _ gate: String, _ keeps: Bool, _ bias: String?) throws {
    let gates = try formulation(id).carryGates
    #expect(gates.map(\.gate.name) == [gate])
    #expect(gates.map(\.keeps) == [keeps])
    #expect(gates.map { $0.bias?.name } == [bias])
  }

  @Test("each direction and each layer has its own, a backward one from the step after")
  func carryGatesOfCompositions() throws {
    for composition in ["+bidirectional", "+deep-2"] {
      let gates = try formulation("donahue-lstm" + composition).carryGates
      #expect(gates.count == 2)
      #expect(Set(gates.compactMap(\.bias)).count == 2)
      #expect(gates.allSatisfy { $0.keeps })
    }
  }

  @Test("no gate carries a state in an RNN", arguments: ["elman-tanh", "cs224d-rnn", "leaky-rnn"])
  func withoutGates(_ id: String) throws {
    #expect(try formulation(id).carryGates.isEmpty)
  }

  @Test("a carried share of p sets the bias to ± log(p ÷ (1 − p)), and no other one")
  func carriedShare() throws {
    let initialization = try Initialization(seed: 1, carriedShare: 0.75)
    for (id, bias, expected) in [
      ("donahue-lstm", "b_f", Double.log(3)), ("padhai-gru", "b_i", -Double.log(3)),
    ] {
      let parameters = initialization.parameters(
        of: try formulation(id), sizes, in: Double.self)
      for (name, tensor) in parameters where tensor.shape.count == 1 {
        #expect(tensor.scalars.allSatisfy { $0 == (name == bias ? expected : 0) }, "\(name)")
      }
    }
    for share in [0, 1, -0.5, .nan] as [Double] {
      #expect(throws: TrainingError.self) { try Initialization(seed: 1, carriedShare: share) }
    }
  }

  @Test("α of leaky units lies in (0.02, 0.2)")
  func fractions() throws {
    let parameters = try Initialization(seed: 3, carriedShare: 0.5)
      .parameters(of: try formulation("leaky-rnn"), sizes, in: Float.self)
    let α = try #require(parameters["alpha"])
    #expect(α.scalars.allSatisfy { 0.02...0.2 ~= $0 })
    #expect(Set(α.scalars).count == α.count)
  }
}
