import Equations
import GoldenFixtures
import Oracle
import Testing

@Suite("Compositions of every declared formulation")
struct CompositionTests {
  static let compositions: [Composition] = [
    .bidirectional, .deep(layers: 2), .deepBidirectional(layers: 2),
  ]

  private static func isComposed(_ formulation: Formulation) -> Bool {
    formulation.signals.contains { $0.layer != nil || $0.direction != nil }
  }

  @Test(
    "their gradients are confirmed on a ragged case",
    arguments: Formulations.all.filter { !isComposed($0) })
  func confirmed(_ formulation: Formulation) throws {
    let family = try #require(CaseFamily.all.first { $0.name == "ragged" })
    let composed = try formulation.composed(.deepBidirectional(layers: 2))
    let reference = try Reference(composed)
    let problem = family.problem(for: composed)
    try reference.confirmGradients(of: problem, seed: family.seed)
    #expect(composed.equations.count == 4 * formulation.equations.count)
    #expect(composed.parameters.count == 4 * formulation.parameters.count)
    #expect(composed.states.count == 4 * formulation.states.count)
  }

  @Test("what has directions or layers already is refused", arguments: compositions)
  func refused(_ composition: Composition) throws {
    for formulation in Formulations.all where Self.isComposed(formulation) {
      #expect(throws: EquationError.self) { try formulation.composed(composition) }
    }
  }

  @Test("goldens of a composition are written and read back", arguments: compositions)
  func fixture(_ composition: Composition) async throws {
    let scratch = try ScratchFolder()
    for id in ["donahue-lstm", "padhai-rnn/classification", "leaky-rnn"] {
      let formulation = try Formulations.named(id).composed(composition)
      try await scratch.regenerate([formulation], Families.ragged, isComplete: false)
      let golden = try #require(
        try scratch.fixtures.fixture(of: formulation).cases.first)
      let right = try Reference(formulation).goldens(for: golden.problem)
      #expect(golden.answers == right.answers && golden.scales == right.scales)
    }
  }
}
