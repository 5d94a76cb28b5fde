import Conformance
import Mutation
import Testing

@Suite("How small a change is seen")
struct SweepTests {
  @Test("in Double smaller ones than in Float, in each at least what is listed or below the limit")
  func smallest() async throws {
    let report = try await MutationStudy(Workbench.fixtures)
      .run([Workbench.entry("elman-tanh")]) { $0.amplitude != nil }
    #expect(report.survivors.isEmpty, "\(report.survivorsText)")
    let series = Set(report.sweeps.map(\.series))
    #expect(series.contains("implementation/fast-tanh"))
    #expect(series.contains("backward/gradients-parameters-U-one"))
    for name in series {
      let found = report.sweeps.filter { $0.series == name }
      let wide = try #require(found.first { $0.precision == .float64 }?.smallest)
      let narrow = try #require(found.first { $0.precision == .float32 }?.smallest)
      #expect(wide <= 1e-10, "\(name)")
      #expect(narrow <= 1e-2 && wide < narrow, "\(name)")
    }
    // What is said to be below the limit is smaller than what is seen.
    for result in report.results where result.fate == .belowLimit {
      let amplitude = try #require(result.mutant.amplitude)
      let sweep = report.sweeps.first {
        $0.precision == result.precision && result.mutant.id.hasPrefix($0.series + "-")
      }
      #expect(amplitude < (try #require(sweep?.smallest)))
    }
  }
}
