import Conformance
import GoldenFixtures
import Mutation
import Testing

@Suite("What a study tells apart")
struct SuiteStrengthTests {
  @Test("a suite of one case alone lets mutants live, each the ones that it cannot see")
  func weakened() async throws {
    let oneStep = try await survivors(of: "one-step")
    // At the first step there is no earlier one, and nothing is carried.
    for id in [
      "equations/time-h-2", "implementation/h-not-carried", "implementation/no-state-carried",
      "implementation/y-in-reverse", "implementation/lengths-ignored", "backward/truncated-at-1",
    ] {
      #expect(oneStep.contains(id), "\(id)")
    }
    let generic = try await survivors(of: "generic")
    for id in [
      "implementation/lengths-ignored", "implementation/no-steps-refused",
      "implementation/one-step-path", "implementation/W_xh-transposed-where-square",
      "backward/final-absent",
    ] {
      #expect(generic.contains(id), "\(id)")
    }
    #expect(!oneStep.contains("implementation/one-step-path"))
    #expect(!generic.contains { $0.hasPrefix("equations/") })
  }

  /// The mutants of an RNN that a suite of one case does not kill, in Double.
  private func survivors(of goldenCase: String) async throws -> Set<String> {
    let report = try await MutationStudy(
      Workbench.fixtures, precisions: [.float64], cases: [goldenCase]
    ).run([Workbench.entry("donahue-rnn")], sweeps: false)
    return Set(report.survivors.map(\.mutant.id))
  }

  @Test("every case kills something that no other case kills, and has the flags that were measured")
  func ownKills() async throws {
    let matrix = try await MutationStudy(Workbench.fixtures)
      .killMatrix(of: Workbench.entry("donahue-rnn"))
    // Others kill together what the quickest kills; the saturated one has states beyond ±1, and σ gives none;
    // the cancelling one is there for what must not be killed.
    let shared: Set = ["generic", "saturated", "cancelling"]
    for goldenCase in matrix.cases {
      #expect(
        !matrix.mutantsOfItsOwn(goldenCase).isEmpty || shared.contains(goldenCase),
        "\(goldenCase)")
      #expect(
        MeasuredFlags.current[matrix.formulation, goldenCase] == matrix.flags(of: goldenCase),
        "\(goldenCase): run 'rnncheck mutate --measure-flags'")
    }
    #expect(matrix.flags(of: "generic").contains(.bias))
    #expect(!matrix.flags(of: "generic").contains(.lengths))
    #expect(matrix.flags(of: "ragged").contains(.lengths))
  }

  @Test("a state that is clipped shows where states are saturated")
  func clippedState() async throws {
    let report = try await MutationStudy(Workbench.fixtures)
      .run([Workbench.entry("donahue-lstm")], sweeps: false) {
        $0.id == "implementation/c-clipped"
      }
    #expect(report.results.map(\.killer?.goldenCase) == ["saturated", "saturated"])
  }

  @Test("a mutant that says the same in other words is known to be right")
  func equivalent() async throws {
    let report = try await MutationStudy(Workbench.fixtures, precisions: [.float64])
      .run([Workbench.entry("donahue-rnn")], sweeps: false) { $0.id.hasSuffix("-tail") }
    let equivalent = report.results.filter { $0.fate == .equivalent }.map(\.mutant.id)
    // Three output units are never beyond a register, so that nothing of the output is left out.
    #expect(equivalent == ["implementation/y-tail"])
  }
}
