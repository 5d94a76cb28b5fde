import GoldenFixtures
import Oracle
import Tensors

/// A subject's answers to some cases, held against alternatives.
struct Explanation: Sendable {
  let subject: any Subject
  /// Those in ordinary numbers first: saturated and tiny ones may hide a difference.
  let cases: [GoldenCase]

  init(_ subject: any Subject, cases: [GoldenCase]) {
    self.subject = subject
    self.cases =
      cases.filter { $0.regime == .ordinary } + cases.filter { $0.regime != .ordinary }
  }

  /// The alternatives whose exact answers the subject's are, in every arithmetic and every case that it offers.
  ///
  /// - Throws: `CancellationError`.
  func explaining(_ alternatives: [Alternative], by checks: Set<Check>) async throws
    -> [Alternative]
  {
    let probes = self.probes(for: checks)
    return try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
      for (order, alternative) in alternatives.enumerated() {
        group.addTask {
          try Task.checkCancellation()
          return (
            order,
            probes.allSatisfy { $0.mayBe(alternative) } && explains(alternative, by: checks)
          )
        }
      }
      var found: Set<Int> = []
      for try await (order, explains) in group where explains { found.insert(order) }
      return alternatives.enumerated().filter { found.contains($0.offset) }.map(\.element)
    }
  }

  /// Whether the exact answers of an alternative are the subject's.
  func explains(_ alternative: Alternative, by checks: Set<Check>) -> Bool {
    var conforming = 0
    for golden in cases {
      guard let own = alternative.golden(for: golden) else { return false }
      for precision in subject.precisions {
        let results = CaseExamination(
          reference: alternative.reference, subject: subject, golden: own, precision: precision,
          checks: checks
        ).results()
        guard results.allSatisfy({ $0.verdict == .conforms || $0.verdict == .notOffered }) else {
          return false
        }
        conforming += results.count { $0.verdict == .conforms }
      }
    }
    return conforming > 0
  }

  // MARK: Sieve

  /// Answers to one case that tell most alternatives apart without exact arithmetic.
  struct Probe: Sendable {
    let problem: Case<Double>
    let answers: Answers<Double>
    let precision: Precision

    private func reference(of alternative: Alternative) -> Reference {
      answers.keys.contains(where: \.isGradient)
        ? alternative.reference : alternative.reference.withoutGradients
    }

    /// Whether the answers agree with an alternative's in half of the digits.
    ///
    /// This decides nothing but which alternatives are worth exact arithmetic.
    func mayBe(_ alternative: Alternative) -> Bool {
      guard
        let plain = try? reference(of: alternative).answers(
          to: alternative.handling.question(problem), in: Double.self)
      else { return false }
      let own = alternative.handling.answers(.init(answers: plain, scales: [:]), problem).answers
      return answers.allSatisfy { quantity, found in
        guard let expected = own[quantity], expected.shape == found.shape else { return true }
        let size = expected.scalars.reduce(0) { max($0, $1.magnitude) }
        let bound = max(size, precision.smallestNormal) * precision.unitRoundoff.squareRoot()
        return zip(found.scalars, expected.scalars).allSatisfy { ($0 - $1).magnitude <= bound }
      }
    }
  }

  /// The answers to the smallest case that tells steps and units apart and to the first ragged one, in the
  /// subject's first arithmetic.
  private func probes(for checks: Set<Check>) -> [Probe] {
    guard let precision = subject.precisions.first else { return [] }
    let ordinary = cases.filter { $0.regime == .ordinary && $0.problem.batch.steps > 0 }
    let even = ordinary.filter { $0.problem.batch.lengths == nil }
    let chosen = [
      even.filter(\.tellsStepsAndUnitsApart).min { $0.size < $1.size } ?? even.first,
      ordinary.first { $0.problem.batch.lengths != nil },
    ]
    return chosen.compactMap { golden in
      guard let golden, let answers = try? subject.answers(to: golden.problem, in: precision)
      else { return nil }
      return Probe(
        problem: golden.problem,
        answers: answers.filter { quantity, _ in
          if case .cotangent = quantity { return false }
          return checks.contains(quantity.isGradient ? .gradients : .values)
        }, precision: precision)
    }
  }
}

extension GoldenCase {
  fileprivate var tellsStepsAndUnitsApart: Bool {
    problem.batch.steps > 1
      && problem.batch.initial.values.allSatisfy { ($0.shape.last ?? 0) > 1 }
  }

  /// Steps times the elements of all states.
  fileprivate var size: Int {
    problem.batch.initial.values.reduce(0) { $0 + $1.count } * problem.batch.steps
  }
}

extension Alternative {
  /// The exact answers of the alternative in the place of a case's own; nil where they cannot be computed.
  fileprivate func golden(for golden: GoldenCase) -> GoldenCase? {
    guard let goldens = try? reference.goldens(for: handling.question(golden.problem)) else {
      return nil
    }
    let result = handling.answers(
      .init(answers: goldens.answers, scales: goldens.scales), golden.problem)
    return GoldenCase(
      name: golden.name, flags: golden.flags, regime: golden.regime, seed: golden.seed,
      problem: golden.problem, answers: result.answers, scales: result.scales)
  }
}
