import Conformance
import GoldenFixtures
import Mutation
import Testing

@Suite("Every wrong version is caught")
struct CoreFormulationTests {
  @Test("in Double and in Float, and named", arguments: ["cs224d-gru", "elman-tanh"])
  func caught(_ id: String) async throws {
    let report = try await MutationStudy(Workbench.fixtures)
      .run([Workbench.entry(id)], sweeps: false)
    #expect(report.survivors.isEmpty, "\(report.survivorsText)")
    for precision in Precision.wide {
      #expect(report.count(.killed, in: precision) > 100)
      let (places, steps) = (
        report.rightPlaces(in: precision), report.rightSteps(in: precision)
      )
      #expect(Double(places.right) >= 0.95 * Double(places.all))
      #expect(steps.right == steps.all)
    }
    // Nothing in Double is too small to be seen.
    #expect(report.count(.belowLimit, in: .float64) == 0)
    // A mutant that fails to answer tells nothing about the checks; one is meant to.
    let errors = report.results.filter { $0.killer?.isError ?? false }.map(\.mutant.id)
    #expect(Set(errors).isSubset(of: ["implementation/no-steps-refused"]))
  }
}
