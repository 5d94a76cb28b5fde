import Equations
import GoldenFixtures
import Oracle
import Tensors

extension Suite {
  /// Finds out what a departing subject computes instead of what it was asked.
  ///
  /// Tried are the other readings, every version of the equations and of their gradients that is wrong by one
  /// change, and cases that are handed to right equations otherwise than was asked. What is found agrees with
  /// the answers to every case of the suite within the derived tolerance.
  ///
  /// - Parameters:
  ///   - report: the subject's report.
  ///   - goldens: the formulation's cases.
  /// - Returns: nil where nothing departs or fails.
  /// - Throws: `EquationError` where a built-in formulation cannot be read; `CancellationError`.
  public func diagnosis(
    of subject: any Subject, against formulation: Formulation, goldens: FormulationFixture,
    report: Report
  ) async throws -> Diagnosis? {
    guard !report.failures.isEmpty else { return nil }
    let departures = report.results.filter { $0.verdict == .departs }
    let reference = try Reference(formulation)
    let explanation = Explanation(subject, cases: selected(goldens))
    let findings =
      departures.contains { $0.check == .values || $0.check == .forwardStep }
      ? try await explanation.findings(amongWrongValuesOf: reference)
      : try await explanation.findings(amongWrongGradientsOf: reference, departures)
    let classes = findings.compactMap(\.alternative.bugClass).uniqued
    let isReading = findings.contains { $0.alternative.kind == .reading }
    return Diagnosis(
      findings: findings,
      bugClasses: !classes.isEmpty || isReading
        ? classes
        : FailurePattern(report.results, isShortOfDigits: explanation.isShortOfDigits(reference))
          .bugClasses)
  }
}

extension Explanation {
  fileprivate func findings(
    amongWrongValuesOf reference: Reference
  ) async throws -> [Diagnosis.Finding] {
    let formulation = reference.formulation
    let alternatives =
      try Alternative.readings(of: formulation) + Alternative.handlings(of: reference)
      + Alternative.mutants(of: formulation)
    let found = try await explaining(alternatives, by: [.values]).map { alternative in
      let isWhole =
        explains(alternative, by: [.values, .gradients])
        || alternative.kind == .equations
          && explains(alternative.withGradients(of: reference), by: [.values, .gradients])
      return Diagnosis.Finding(
        alternative: alternative, extent: isWhole ? .everything : .values)
    }
    return found.filter { $0.extent == .everything } + found.filter { $0.extent == .values }
  }

  fileprivate func findings(
    amongWrongGradientsOf reference: Reference, _ departures: [CheckResult]
  ) async throws -> [Diagnosis.Finding] {
    guard departures.contains(where: { $0.check == .gradients }) else { return [] }
    let alternatives =
      try Alternative.gradientHandlings(of: reference)
      + Alternative.clippings(of: reference, as: firstGradients)
      + Alternative.wholeGradients(of: reference.formulation)
      + Alternative.gradientMutants(of: reference.formulation)
    return try await explaining(alternatives, by: [.gradients]).map {
      Diagnosis.Finding(alternative: $0, extent: .gradients)
    }
  }

  /// Every gradient of the first case.
  private var firstGradients: Answers<Double> {
    guard let problem = cases.first?.problem, let precision = subject.precisions.first,
      let answers = try? subject.answers(to: problem, in: precision)
    else { return [:] }
    return answers.filter { $0.key.isGradient }
  }

  /// Whether the answers in float64 are right as answers in float32.
  fileprivate func isShortOfDigits(_ reference: Reference) -> Bool {
    guard subject.precisions.contains(.float64) else { return false }
    return cases.allSatisfy { golden in
      CaseExamination(
        reference: reference, subject: NarrowedSubject(subject: subject), golden: golden,
        precision: .float32, checks: [.values, .gradients]
      ).results().allSatisfy { $0.verdict == .conforms || $0.verdict == .notOffered }
    }
  }
}

/// A subject's answers in float64 taken as if they were in float32.
private struct NarrowedSubject: Subject {
  let subject: any Subject

  var name: String { subject.name }
  var precisions: [Precision] { [.float32] }

  func answers(to problem: Case<Double>, in precision: Precision) throws -> Answers<Double> {
    try subject.answers(to: problem, in: .float64)
  }
}

extension [BugClass] {
  fileprivate var uniqued: [BugClass] {
    var seen: Set<BugClass> = []
    return filter { seen.insert($0).inserted }
  }
}
