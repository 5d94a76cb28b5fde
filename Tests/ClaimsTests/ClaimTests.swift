import Claims
import Conformance
import Equations
import Testing

@Suite("The documents' claims")
struct ClaimTests {
  @Test("are decided as they are known to be", arguments: Workbench.ids)
  func expected(_ id: String) throws {
    let claim = try Workbench.claim(id)
    let result = claim.examined(with: try Workbench.formulations())
    #expect(result.isExpected, "\(result.message)")
    #expect(!result.evidence.isEmpty)
    switch claim.expectation {
    case .holds:
      #expect(result.verdict == .holds)
      #expect(result.counterexample == nil && result.correction == nil)
    case .isFalse(let correction):
      #expect(result.verdict == .isFalse)
      #expect(result.counterexample?.isEmpty == false)
      #expect(result.correction == correction)
    }
  }

  @Test("have names of their own and speak of formulations that there are")
  func catalogue() {
    #expect(Set(Workbench.ids).count == Workbench.ids.count)
    let known = Dictionary(
      Catalogue.entries.map { ($0.declaration.id, $0.declaration.document.key) },
      uniquingKeysWith: { first, _ in first })
    for claim in Claim.all {
      #expect(claim.id.split(separator: "/").count == 2)
      #expect(!claim.formula.isEmpty && !claim.meaning.isEmpty)
      for id in claim.formulations { #expect(known[id] == claim.document, "\(claim.id): \(id)") }
      for id in claim.needed { #expect(known[id] != nil, "\(claim.id): \(id)") }
    }
    // Every document and every formulation has some; readings and compositions may have their original's.
    for entry in Catalogue.entries
    where !entry.declaration.id.contains(where: { "/+".contains($0) }) {
      #expect(!Catalogue.claims(concerning: [entry.declaration]).isEmpty, "\(entry.declaration.id)")
    }
  }

  @Test("that are false have a counterexample to be followed by hand")
  func counterexamples() throws {
    let expected = [
      "knight/tanh-derivative-range": "tanh′(0) = 1 ",
      "knight/exponential-decay": "1024",
      "cs224d/jacobian-element": "1 and 2",
      "cs224d/gradient-of-last-error": "0.761594 and 0",
      "cs224d/distant-word": "John",
      "padhai/rnn-vanishes-or-explodes": "the derivative is 1",
      "padhai/lstm-unchanged-gradient": "0.5",
    ]
    let formulations = try Workbench.formulations()
    let found = Claim.all.map { $0.examined(with: formulations) }.filter {
      $0.verdict == .isFalse
    }
    #expect(Set(found.map(\.claim.id)) == Set(expected.keys))
    for result in found {
      let numbers = try #require(expected[result.claim.id])
      #expect(
        result.counterexample?.contains(numbers) == true, "\(result.counterexample ?? "none")")
    }
  }

  @Test("about a formulation that is not there are not decided")
  func missing() throws {
    for claim in Claim.all where !claim.formulations.isEmpty {
      let result = claim.examined(with: [:])
      #expect(result.verdict == .undecided)
      #expect(!result.isExpected && result.message.contains("is not there"))
    }
  }

  @Test("concern the formulations that they name, and all of a document where they name none")
  func concern() throws {
    let declarations = Catalogue.entries.map(\.declaration)
    let lstm = try #require(declarations.first { $0.id == "cs224d-lstm" })
    let concerning = Catalogue.claims(concerning: [lstm]).map(\.id)
    #expect(concerning.contains("cs224d/lstm-gates"))
    #expect(concerning.contains("cs224d/clipping"))
    #expect(!concerning.contains("cs224d/jacobian"))
    #expect(!concerning.contains("padhai/lstm-cell-path"))
  }
}
