import Equations
import Oracle
import Tensors
import Testing

@Suite("Copies of a formulation put together")
struct CompositionTests {
  static let sizes = Sizes(input: 3, hidden: 2, output: 2)
  static let forward = Systems.all.filter {
    !["backward-lstm", "bidirectional", "there-and-back"].contains($0.id)
  }
  static let compositions: [Composition] = [
    .bidirectional, .deep(layers: 2), .deepBidirectional(layers: 2),
  ]

  /// Two directions cannot take the place of an input that is used otherwise than by a matrix.
  static func fits(_ declaration: Declaration, _ composition: Composition) -> Bool {
    composition != .deepBidirectional(layers: 2) || declaration.id != "one-to-many"
  }

  @Test(
    "gradients are confirmed, in ragged batches too, and programs in Float lie within the tolerance",
    arguments: forward, compositions)
  func confirmed(_ declaration: Declaration, _ composition: Composition) throws {
    guard Self.fits(declaration, composition) else { return }
    let formulation = try Formulation(declaration).composed(composition)
    let reference = try Reference(formulation)
    let problem = Systems.problem(
      formulation, sizes: Self.sizes, steps: 3, batch: 3, lengths: [3, 0, 2], seed: 13)
    try reference.confirmGradients(of: problem, seed: 3)
    let goldens = try reference.goldens(for: problem)
    let program = ShuffledFloat(formulation, reference.gradients, problem, seed: 1)
    #expect(try GoldenTests.worstRatio(program.answers, goldens, roundoff: 0x1p-24) <= 1)
  }

  @Test(
    "a wrong gradient of a composition is never confirmed",
    arguments: [("lstm", Composition.bidirectional), ("last-step", .bidirectional)])
  func wrong(_ id: String, _ composition: Composition) throws {
    let formulation = try Formulation(Systems.named(id)).composed(composition)
    let problem = Systems.problem(formulation, sizes: Self.sizes, steps: 4, batch: 1, seed: 7)
    let right = try GradientSystem(of: formulation)
    for wrong in WrongGradientTests.wrong(right) {
      #expect(throws: OracleError.self, "\(wrong.what)") {
        try Reference(formulation, gradients: wrong.system).confirmGradients(of: problem, seed: 1)
      }
    }
  }

  @Test(
    "of two directions, each gives what the original does alone, on turned sequences",
    arguments: forward.filter { $0.notation.inputSteps == .every })
  func directions(_ declaration: Declaration) throws {
    let original = try Formulation(declaration)
    let composed = try original.composed(.bidirectional)
    let lengths = [4, 1, 0]
    let problem = Systems.problem(
      composed, sizes: Self.sizes, steps: 4, batch: 3, lengths: lengths, seed: 19)
    let whole = try Reference(composed).goldens(for: problem).answers
    for direction in Direction.allCases {
      let part = { (name: String) in "\(name)_\(direction.rawValue)" }
      var alone = Case<Double>(
        parameters: [:], batch: SequenceBatch(x: problem.batch.x, lengths: lengths, initial: [:]),
        upstream: Upstream(sequence: [:], final: [:]))
      for parameter in original.parameters {
        alone.parameters[parameter.name] = problem.parameters[part(parameter.name)]
      }
      for state in original.states.map(\.name) {
        alone.batch.initial[state] = problem.batch.initial[part(state)]
        alone.upstream.final[state] = problem.upstream.final[part(state)]
      }
      for output in original.outputs.map(\.name) {
        alone.upstream.sequence[output] = problem.upstream.sequence[part(output)]
      }
      func turned(_ tensor: Tensor<Double>) -> Tensor<Double> {
        direction == .forward ? tensor : BackwardTests.turned(tensor, lengths: lengths)
      }
      if direction == .backward { alone = BackwardTests.turned(alone) }
      let answers = try Reference(original).goldens(for: alone).answers
      for (quantity, tensor) in answers {
        let place: Quantity
        switch quantity {
        case .sequence(let name): place = .sequence(part(name))
        case .final(let name): place = .final(part(name))
        case .parameter(let name): place = .parameter(part(name))
        case .initial(let name): place = .initial(part(name))
        case .inputs, .cotangent: continue
        }
        #expect(whole[place] == turned(tensor), "\(place.path)")
      }
    }
  }

  @Test("an upper layer reads what the layer below passes on, and its gradient comes back")
  func layers() throws {
    let formulation = try Formulation(Systems.named("lstm")).composed(.deep(layers: 3))
    var problem = Systems.problem(formulation, sizes: Self.sizes, steps: 3, batch: 1, seed: 8)
    let reference = try Reference(formulation)
    let before = try reference.goldens(for: problem).answers
    problem.upstream.final = [:]
    #expect(
      formulation.outputs.map(\.name) == ["h_3"]
        && formulation.signals.contains(Symbol("h", layer: 1)))
    let alone = try reference.goldens(for: problem).answers
    for layer in 1...3 {
      let gradient = try #require(alone[.parameter("W_xi_\(layer)")])
      #expect(gradient.scalars.contains { $0 != 0 })
    }
    problem.parameters["b_o_1"] = problem.parameters["b_o_1"]?.map { $0 + 0.5 }
    let after = try reference.goldens(for: problem).answers
    for signal in ["h_1", "h_2", "h_3"] {
      #expect(after[.sequence(signal)] != before[.sequence(signal)])
    }
  }
}
