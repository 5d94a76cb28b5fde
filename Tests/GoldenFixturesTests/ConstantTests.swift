import Equations
import GoldenFixtures
import MultiscaleRNN
import Oracle
import Testing

@Suite("A constant in a fixture")
struct ConstantTests {
  let scratch: ScratchFolder
  let formulation: Formulation

  init() throws {
    scratch = try ScratchFolder()
    formulation = try Formulation(.leakyRNNFixed)
  }

  @Test("has numbers, between 0 and 1, and neither a gradient nor a scale")
  func stored() async throws {
    try await scratch.regenerate([formulation])
    for golden in try scratch.fixtures.fixture(of: formulation).cases {
      let alpha = try #require(golden.problem.parameters["alpha"])
      #expect(alpha.scalars.allSatisfy { $0 > 0 && $0 < 1 })
      #expect(golden.answers[.parameter("alpha")] == nil)
      #expect(golden.scales[.parameter("alpha")] == nil)
      #expect(golden.answers[.parameter("W")] != nil)
    }
  }

  @Test("has the same numbers as the α that is learned, and the same values and other gradients")
  func learned() async throws {
    let learned = try Formulations.named("leaky-rnn")
    try await scratch.regenerate([formulation, learned])
    let (fixed, other) = (
      try scratch.fixtures.fixture(of: formulation).cases,
      try scratch.fixtures.fixture(of: learned).cases
    )
    for (a, b) in zip(fixed, other) {
      #expect(a.problem == b.problem)
      #expect(a.answers == b.answers.filter { $0.key != .parameter("alpha") })
      #expect(b.answers[.parameter("alpha")] != nil)
    }
  }

  @Test(
    "is refused outside of 0 to 1, in a file that the manifest vouches for", arguments: [-0.5, 2])
  func range(_ number: Double) async throws {
    try await scratch.regenerate([formulation])
    let golden = try #require(try scratch.fixtures.fixture(of: formulation).cases.first)
    var problem = golden.problem
    problem.parameters["alpha"]?[0] = number
    let wrong = GoldenCase(
      name: golden.name, flags: golden.flags, regime: golden.regime, seed: golden.seed,
      problem: problem, answers: golden.answers, scales: golden.scales)
    try scratch.install(
      FixtureWriter.bytes(
        of: FormulationFixture(formulation: formulation.id, cases: [wrong]), of: formulation),
      of: formulation.id)
    let error = expectError(.range) { try scratch.fixtures.fixture(of: formulation) }
    #expect(error?.path == "/cases/\(golden.name)/parameters/alpha")
    #expect(error?.message.contains("expected a number from 0 to 1") == true)
  }
}
