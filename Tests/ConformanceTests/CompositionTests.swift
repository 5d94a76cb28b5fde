import Conformance
import Equations
import GoldenFixtures
import Oracle
import Testing

@Suite("Copies of any cell put together conform")
struct CompositionTests {
  static let composable = Catalogue.entries.map(\.declaration)
    .filter { !$0.isComposed && $0.notation.inputSteps == .every && !$0.id.contains("/deep") }
    .map(\.id).filter { !$0.hasSuffix("/bidirectional") }

  @Test("in two layers of two directions, over ragged sequences", arguments: composable)
  func conform(_ id: String) async throws {
    let entry = try Workbench.entry(id).composed(.deepBidirectional(layers: 2))
    let formulation = try entry.formulation()
    let ragged = try #require(CaseFamily.all(of: formulation).first { $0.name == "ragged" })
    let goldens = FormulationFixture(
      formulation: formulation.id,
      cases: [try GoldenCase(ragged, of: Reference(formulation))])
    let report = try await Suite(Workbench.fixtures).run([entry], goldens: [goldens])
    #expect(Set(report.results.map(\.check)).isSuperset(of: [.values, .gradients, .differences]))
    for result in report.results {
      #expect(result.verdict == .conforms, "\(result.check): \(result.place) \(result.message)")
    }
  }

  @Test("and a name says which: layers and directions follow a plus")
  func names() throws {
    let ids = ["cs224d-gru+deep-2", "padhai-gru+bidirectional", "donahue-rnn+deep-bidirectional-2"]
    #expect(try Catalogue.entries(named: ids).map(\.declaration.id) == ids)
    #expect(Catalogue.isListed(ids[0]) && !Catalogue.isListed(ids[1]))
    #expect(try Catalogue.formulation(named: "padhai-gru+deep-3").signals.count == 12)
  }

  @Test(
    "a composition that there is not is refused with those that there are",
    arguments: [
      "padhai-gru+deep-3", "padhai-gru+deep", "padhai-gru+sideways", "padhai-gru+deep-0",
      "padhai-gru+deep-02", "padhai-gru+", "knight-rnn/one-to-many+deep-2",
    ])
  func unknown(_ id: String) {
    #expect {
      try Catalogue.entries(named: [id])
    } throws: { "\($0)".contains(id) && "\($0)".contains("+deep") }
  }

  @Test("what is composed already is not composed again")
  func twice() {
    #expect(throws: (any Error).self) {
      try Catalogue.entries(named: ["elman-tanh/deep+deep-2"])
    }
    #expect {
      try Catalogue.formulation(named: "donahue-lst+deep-2")
    } throws: { ($0 as? UnknownFormulation)?.suggestions.first == "donahue-lstm" }
  }
}
