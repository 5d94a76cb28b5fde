import Conformance
import Equations
import GoldenFixtures
import Testing

@Suite("The built-in cells conform")
struct BuiltInCellTests {
  @Test("by every check of every case", arguments: Catalogue.entries.map(\.declaration.id))
  func conform(_ id: String) async throws {
    let entry = try Workbench.entry(id)
    let report = try await Suite(Workbench.fixtures).run([entry])
    let cases = Set(report.results.map(\.goldenCase))
    #expect(cases == Set(CaseFamily.all(of: try entry.formulation()).map(\.name)))
    // Six checks in each arithmetic, and differences in float64; propagation in two cases.
    #expect(report.results.count == cases.count * 13 + 2 * 2)
    for result in report.results {
      #expect(result.verdict == .conforms, "\(result.goldenCase) \(result.check): \(result.place)")
      #expect(result.worstRatio <= 1)
    }
  }

  @Test("so do the equations themselves, run in Double and Float")
  func formulations() async throws {
    for entry in Catalogue.entries {
      let formulation = try entry.formulation()
      let report = try await Workbench.report(
        FormulationSubject(formulation), against: formulation.id, checks: [.values, .gradients])
      #expect(report.count(.departs) == 0)
      #expect(report.count(.conforms) == CaseFamily.all(of: formulation).count * 4)
    }
  }

  @Test("no formulation's cell passes for another's")
  func distinct() async throws {
    // Readings of one formulation share every name, so that only their numbers tell them apart.
    let families = [
      ["padhai-lstm", "padhai-lstm/linear-write", "padhai-lstm/printed-candidate"],
      ["cs224d-gru", "cs224d-gru/reset-before"],
    ]
    for family in families {
      for subject in family {
        for id in family where id != subject {
          let report = try await Workbench.report(
            Workbench.entry(subject).subject, against: id, checks: [.values, .gradients],
            cases: ["generic"])
          #expect(report.results.allSatisfy { $0.verdict == .departs }, "\(subject) as \(id)")
        }
      }
    }
  }

  @Test("an unknown name is refused with the names that may be meant")
  func unknown() {
    #expect {
      try Catalogue.entries(named: ["donahu-lstm"])
    } throws: { error in
      (error as? UnknownFormulation)?.suggestions.first == "donahue-lstm"
    }
    #expect {
      try Catalogue.entries(named: ["zzzz"])
    } throws: { "\($0)".contains("rnncheck list") }
  }
}
