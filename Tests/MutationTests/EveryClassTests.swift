import Conformance
import Equations
import GoldenFixtures
import Mutation
import Testing

@Suite("Some wrong versions of each class are caught")
struct EveryClassTests {
  @Test("in Double and in Float", arguments: ["donahue-lstm", "skip-rnn", "padhai-gru"])
  func caught(_ id: String) async throws {
    let entry = try Workbench.entry(id)
    let ids = Workbench.some(try Mutant.all(of: entry), ofEachClass: 2)
    let report = try await MutationStudy(Workbench.fixtures)
      .run([entry], sweeps: false) { ids.contains($0.id) }
    #expect(report.survivors.isEmpty, "\(report.survivorsText)")
    #expect(Set(report.results.map(\.mutant.id)) == ids)
  }

  @Test("there are mutants of every bug class")
  func classes() throws {
    let found = try Set(Catalogue.entries.flatMap { try Mutant.all(of: $0).map(\.bugClass) })
    #expect(found == Set(BugClass.allCases))
  }

  @Test("names of mutants are their own", arguments: Catalogue.entries.map(\.declaration.id))
  func names(_ id: String) throws {
    let ids = try Mutant.all(of: Workbench.entry(id)).map(\.id)
    #expect(Set(ids).count == ids.count)
  }
}
