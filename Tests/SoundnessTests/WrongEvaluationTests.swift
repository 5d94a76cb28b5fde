import Conformance
import Equations
import Oracle
import Soundness
import Testing

@Suite("Wrong evaluations are flagged")
struct WrongEvaluationTests {
  @Test(
    "whose arithmetic is coarser than it says",
    arguments: [
      Variant.Fault.coarseProducts, .coarseAccumulation, .inaccurateActivations(ulps: 100),
    ])
  func coarse(_ fault: Variant.Fault) async throws {
    let report = try await Bench.study(
      ["donahue-lstm"], evaluations: 24, in: [.float64, .float32], fault: fault)
    #expect(!report.isSound)
    for row in report.rows {
      // The case without a step computes nothing.
      #expect(row.flagged >= 20, "\(row.arithmetic): \(row.flagged)")
      #expect(row.worstRatio > 1)
    }
    let alarm = try #require(report.alarms.first)
    #expect(report.text.contains(alarm.variant))
    #expect(report.text.contains("flagged"))
  }

  @Test("of other equations, however they are computed")
  func equations() throws {
    var declaration = try Bench.declaration("cs224d-gru")
    declaration.corrections.append(
      Correction(
        printed: #"(1-z_t)h_{t-1} + z_t\tilde{h_t}"#, read: #"z_t h_{t-1} + (1-z_t)\tilde{h_t}"#,
        reason: "a wrong version"))
    let wrong = try Reference(Formulation(declaration))
    let reference = try Bench.reference("cs224d-gru")
    let golden = try Bench.golden("generic", of: reference)
    for seed in 1...8 as ClosedRange<UInt64> {
      for precision in Conformance.Precision.wide {
        let results = CaseExamination(
          reference: reference, subject: VariantSubject(wrong, variant: Variant(seed: seed)),
          golden: golden, precision: precision, checks: [.values, .gradients, .forwardStep]
        ).results()
        #expect(results.allSatisfy { $0.verdict == .departs })
        let fault = try #require(Report.fault(in: results))
        #expect(fault.check == .forwardStep)
        #expect(fault.deviation?.quantity == .sequence("h"))
      }
    }
  }
}
