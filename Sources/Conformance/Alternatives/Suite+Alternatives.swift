import Equations
import GoldenFixtures
import Oracle
import Tensors

extension Suite {
  /// Which alternatives a subject computes exactly, on every case, values and gradients.
  ///
  /// Each gets goldens of its own for the very cases that the subject answered.
  ///
  /// - Parameters:
  ///   - alternatives: what it may compute.
  ///   - goldens: the cases; an alternative is dropped at the first one that it does not explain.
  /// - Throws: `CancellationError`.
  public func alternatives(
    _ alternatives: [Alternative], explaining subject: any Subject, in goldens: FormulationFixture
  ) async throws -> [Alternative] {
    // In ordinary numbers systems differ; saturated and tiny ones may hide it.
    let cases = goldens.cases.sorted { $0.regime == .ordinary && $1.regime != .ordinary }
    return try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
      for (order, alternative) in alternatives.enumerated() {
        group.addTask {
          try Task.checkCancellation()
          return (order, alternative.explains(subject, in: cases))
        }
      }
      var explaining: Set<Int> = []
      for try await (order, explains) in group where explains { explaining.insert(order) }
      return alternatives.enumerated().filter { explaining.contains($0.offset) }.map(\.element)
    }
  }
}

extension Alternative {
  /// Whether a subject's answers to the cases are this system's, in every arithmetic that it offers.
  fileprivate func explains(_ subject: any Subject, in cases: [GoldenCase]) -> Bool {
    guard let reference = try? Reference(formulation) else { return false }
    var conforming = 0
    for golden in cases {
      guard let goldens = try? reference.goldens(for: golden.problem) else { return false }
      let own = GoldenCase(
        name: golden.name, flags: golden.flags, regime: golden.regime, seed: golden.seed,
        problem: golden.problem, answers: goldens.answers, scales: goldens.scales)
      for precision in subject.precisions {
        let results = CaseExamination(
          reference: reference, subject: subject, golden: own, precision: precision,
          checks: [.values, .gradients]
        ).results()
        guard results.allSatisfy({ $0.verdict == .conforms || $0.verdict == .notOffered }) else {
          return false
        }
        conforming += results.count { $0.verdict == .conforms }
      }
    }
    return conforming > 0
  }
}
