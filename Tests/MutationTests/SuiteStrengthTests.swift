import Conformance
import GoldenFixtures
import Mutation
import Testing

@Suite("What a study tells apart")
struct SuiteStrengthTests {
  @Test("a suite of one case alone lets mutants live, each the ones that it cannot see")
  func weakened() async throws {
    let lstm = try Workbench.entry("donahue-lstm")
    func survivors(_ name: String) async throws -> Set<String> {
      let report = try await MutationStudy(
        Workbench.fixtures, precisions: [.float64], cases: [name]
      ).run([lstm], sweeps: false) { $0.origin != .backward || $0.bugClass == .truncatedBPTT }
      return Set(report.survivors.map(\.mutant.id))
    }
    let oneStep = try await survivors("one-step")
    // At the first step there is no earlier one, and nothing is carried.
    for id in ["c-not-carried", "no-state-carried", "h-in-reverse", "lengths-ignored"] {
      #expect(oneStep.contains("implementation/\(id)"))
    }
    #expect(oneStep.contains { $0.hasPrefix("equations/time-") })
    #expect(oneStep.contains("backward/truncated-at-1"))
    #expect(!oneStep.contains { $0.hasPrefix("equations/gates-") })

    let generic = try await survivors("generic")
    for id in [
      "lengths-ignored", "no-steps-refused", "tiny-inputs-vanish", "one-step-path",
      "W_xi-transposed-where-square",
    ] {
      #expect(generic.contains("implementation/\(id)"))
      #expect(id == "one-step-path" || oneStep.contains("implementation/\(id)"))
    }
    #expect(generic.contains("backward/truncated-at-16"))
    #expect(!generic.contains { $0.hasPrefix("equations/") })
  }

  @Test("every case kills something that no other case kills, but for the first and quickest")
  func ownKills() async throws {
    let matrices = [
      try await MutationStudy(Workbench.fixtures).killMatrix(of: Workbench.entry("donahue-lstm")),
      try await MutationStudy(Workbench.fixtures).killMatrix(of: Workbench.entry("donahue-rnn")),
    ]
    for family in CaseFamily.all where family.name != "generic" {
      #expect(
        matrices.contains { !$0.mutantsOfItsOwn(family.name).isEmpty }, "\(family.name)")
    }
    // The flags of the fixtures are what was measured.
    for matrix in matrices {
      for goldenCase in matrix.cases {
        #expect(
          MeasuredFlags.current[matrix.formulation, goldenCase] == matrix.flags(of: goldenCase),
          "\(matrix.formulation) \(goldenCase): run 'rnncheck mutate --measure-flags'")
      }
    }
    let generic = try #require(matrices.first).flags(of: "generic")
    for flag in [BugClass.gateOrder, .bias, .zPolarity, .activation, .initialState] {
      #expect(generic.contains(flag) || flag == .initialState)
    }
    #expect(!generic.contains(.lengths))
    #expect(try #require(matrices.first).flags(of: "ragged").contains(.lengths))
  }

  @Test("a mutant that says the same in other words is known to be right")
  func equivalent() async throws {
    // σ of the first step's own state in the place of … there is none; but 1 − (1 − f) is f, and W h of a
    // state that is read twice as far back is the same at a delay that no step reaches.
    let report = try await MutationStudy(Workbench.fixtures, precisions: [.float64])
      .run(Catalogue.entries, sweeps: false) { $0.origin == .implementation }
    let equivalent = report.results.filter { $0.fate == .equivalent }
    // Three output units are never beyond a register, so that nothing of the output is left out.
    #expect(equivalent.contains { $0.mutant.id == "implementation/y-tail" })
    #expect(!equivalent.contains { $0.mutant.id == "implementation/h-tail" })
  }
}
