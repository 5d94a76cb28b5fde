import Conformance
import Equations
import GoldenFixtures
import Testing

@Suite("What a departing subject computes instead is found out, exactly or not at all")
struct DiagnosisTests {
  private func diagnosis(
    of subject: any Subject, against id: String
  ) async throws -> Diagnosis? {
    let formulation = try Workbench.entry(id).formulation()
    let goldens = try Workbench.fixtures.fixture(of: formulation)
    let suite = Suite(
      Workbench.fixtures, checks: [.values, .gradients], precisions: [.float64],
      cases: ["generic", "square", "ragged"])
    let report = try await suite.run(subject, against: formulation, goldens: goldens)
    return try await suite.diagnosis(
      of: subject, against: formulation, goldens: goldens, report: report)
  }

  @Test func aRightCellHasNone() async throws {
    let cell = try Workbench.entry("cs224d-gru").subject
    #expect(try await diagnosis(of: cell, against: "cs224d-gru") == nil)
  }

  @Test(arguments: [
    ("cs224d-gru", "cs224d-gru/reset-before"), ("cs224d-gru/reset-before", "cs224d-gru"),
  ])
  func anotherReadingIsNamed(own: String, asked: String) async throws {
    let cell = try Workbench.entry(own).subject
    let found = try #require(await diagnosis(of: cell, against: asked))
    #expect(found.readings == [own])
    #expect(found.bugClasses == [.resetPlacement])
  }

  @Test(arguments: [
    ["W_xi": "W_xf", "W_xf": "W_xi", "W_hi": "W_hf", "W_hf": "W_hi", "b_i": "b_f", "b_f": "b_i"],
    ["W_hi": "W_hf", "W_hf": "W_hi"],
  ])
  func gatesExchangedAreNamed(places: [String: String]) async throws {
    let wrong = Rewired.permuted(try Workbench.entry("donahue-lstm").subject, places)
    let found = try #require(await diagnosis(of: wrong, against: "donahue-lstm"))
    #expect(found.readings.isEmpty)
    #expect(found.bugClasses == [.gateOrder])
    let names = found.findings.map(\.alternative.name)
    let all = names.filter { $0.contains("the parameters of") }
    let recurrent = names.filter { $0.contains("the matrix on h_{t-1} of") }
    #expect(places.count == 6 ? recurrent.isEmpty : all.isEmpty, "\(names)")
    #expect(names.count == 1, "\(names)")
  }

  @Test func wrongGradientsAloneAreNamedAsSuch() async throws {
    let wrong = Rewired.cotangents(try Workbench.entry("donahue-lstm").subject) {
      max(-1, min($0, 1))
    }
    let found = try #require(await diagnosis(of: wrong, against: "donahue-lstm"))
    #expect(found.bugClasses == [.cotangentLinearity])
    #expect(found.findings.map(\.extent) == [.gradients])
  }

  @Test func whatIsNothingKnownIsNotExplained() async throws {
    let wrong = Rewired(
      name: "almost", base: try Workbench.entry("donahue-lstm").subject,
      answered: { _, answers in answers.mapValues { $0.map { $0 * (1 + 1e-12) } } })
    let found = try #require(await diagnosis(of: wrong, against: "donahue-lstm"))
    #expect(found.findings.isEmpty)
  }
}
