import Conformance
import Equations
import GoldenFixtures
import Testing

@Suite("Goldens of the frameworks' formulations")
struct GoldenTests {
  private static let unread = FixtureFolder("/no/such/folder")

  @Test("the equations themselves conform to them", arguments: Catalogue.frameworks)
  func conform(_ declaration: Declaration) async throws {
    let formulation = try Formulation(declaration)
    let goldens = try await FormulationFixture(computing: formulation) { _, _ in }
    #expect(goldens.cases.count == CaseFamily.all.count)
    let report = try await Suite(Self.unread, checks: [.values, .gradients]).run(
      FormulationSubject(formulation), against: formulation, goldens: goldens)
    #expect(report.count(.conforms) == goldens.cases.count * 4)
    #expect(report.results.count == goldens.cases.count * 4)
  }

  @Test("what ONNX says with linear_before_reset departs from what it says without it")
  func linearBeforeReset() async throws {
    let asked = try Catalogue.formulation(named: "onnx-gru")
    let other = try Catalogue.formulation(named: "onnx-gru/linear-before-reset")
    let goldens = try await FormulationFixture(computing: asked) { _, _ in }
    let suite = Suite(Self.unread, checks: [.values, .gradients])
    let subject = try FormulationSubject(other)
    let report = try await suite.run(subject, against: asked, goldens: goldens)
    // With no step both are the same, and so they may be within the tolerance in extreme numbers.
    let telling = goldens.cases.filter { $0.regime == .ordinary && $0.problem.batch.steps > 0 }
    for result in report.results where telling.contains(where: { $0.name == result.goldenCase }) {
      #expect(result.verdict == .departs, "\(result.goldenCase)")
      let worst = try #require(result.worst)
      #expect(worst.ratio == result.worstRatio)
      #expect(worst.ulps(in: result.precision) > 1)
    }
  }
}
