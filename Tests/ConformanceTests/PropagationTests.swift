import Conformance
import Equations
import GoldenFixtures
import Tensors
import Testing

@Suite("NaN and infinity reach what depends on them, and nothing else")
struct PropagationTests {
  /// A wrong program that finite numbers do not betray.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let name: String
    let subject: any Subject
    /// What the report must say was put in.
    let poison: String
    var testDescription: String { name }
  }

  static func wrong() throws -> [Wrong] {
    let lstm = try Workbench.entry("donahue-lstm").subject
    @Sendable func mapped(
      _ problem: Case<Double>, _ change: (Double) -> Double
    ) -> Case<Double> {
      var problem = problem
      problem.batch.x = problem.batch.x.map(change)
      problem.batch.initial = problem.batch.initial.mapValues { $0.map(change) }
      problem.upstream.sequence = problem.upstream.sequence.mapValues { $0.map(change) }
      return problem
    }
    /// Wherever the inputs of one sequence are not numbers, h of another is wrong too.
    @Sendable func spilled(
      _ answers: Answers<Double>, from problem: Case<Double>,
      into place: (_ step: Int, _ element: Int) -> (step: Int, element: Int)
    ) -> Answers<Double> {
      var answers = answers
      let batch = problem.batch
      for step in 0..<batch.steps {
        for element in 0..<batch.batch where step < batch.length(of: element) {
          guard batch.x[step, element, 0].isNaN else { continue }
          let (step, element) = place(step, element)
          answers[.sequence("h")]?[step, element, 0] = .nan
        }
      }
      return answers
    }
    return [
      Wrong(
        name: "NaN taken for 0",
        subject: Rewired(
          name: "swallowed", base: lstm, given: { mapped($0) { $0.isNaN ? 0 : $0 } }),
        poison: "NaN in inputs/x"),
      Wrong(
        name: "infinity clipped to the largest number",
        subject: Rewired(
          name: "clipped", base: lstm,
          given: { mapped($0) { $0.isInfinite ? 1e-3 * ($0 > 0 ? 1 : -1) : $0 } }),
        poison: "∞ in inputs/x"),
      Wrong(
        name: "another sequence of the batch reached",
        subject: Rewired(
          name: "mixed", base: lstm,
          answered: { problem, answers in
            spilled(answers, from: problem) { ($0, $1 == 0 ? 1 : 0) }
          }),
        poison: "NaN in inputs/x"),
      Wrong(
        name: "the step before reached",
        subject: Rewired(
          name: "acausal", base: lstm,
          answered: { problem, answers in
            spilled(answers, from: problem) { (max(0, $0 - 1), $1) }
          }),
        poison: "NaN in inputs/x"),
      Wrong(
        name: "padding multiplied by 0 instead of left out",
        subject: Rewired(
          name: "masked", base: lstm,
          answered: { problem, answers in
            guard problem.batch.lengths != nil, problem.batch.x.scalars.contains(where: \.isNaN),
              !problem.batch.initial.values.contains(where: { $0.scalars.contains(where: \.isNaN) })
            else { return answers }
            var answers = answers
            answers[.parameter("W_xi")] = answers[.parameter("W_xi")]?.map { _ in .nan }
            return answers
          }),
        poison: "NaN in the padding"),
    ]
  }

  @Test("a program that swallows, spreads or clips them departs", arguments: try wrong())
  func rejected(_ wrong: Wrong) async throws {
    for precision in Conformance.Precision.wide {
      // Nothing is wrong with it in finite numbers.
      let finite = try await Workbench.report(
        wrong.subject, against: "donahue-lstm",
        checks: Set(Check.allCases).subtracting([.propagation]), precisions: [precision],
        cases: ["ragged"])
      #expect(finite.count(.conforms) == finite.results.count)
      let report = try await Workbench.report(
        wrong.subject, against: "donahue-lstm", checks: [.propagation], precisions: [precision],
        cases: ["ragged"])
      let result = try #require(report.results.first)
      #expect(report.results.count == 1)
      #expect(result.verdict == .departs)
      #expect(result.message.contains(wrong.poison), "\(result.message)")
      #expect(Report.fault(in: report.results)?.check == .propagation)
    }
  }

  @Test("the check is made where sequences and steps lie on both sides, and nowhere else")
  func cases() async throws {
    let report = try await Suite(Workbench.fixtures, checks: [.propagation])
      .run([Workbench.entry("cs224d-gru")])
    #expect(report.results.map(\.verdict) == Array(repeating: .conforms, count: 4))
    #expect(Set(report.results.map(\.goldenCase)) == ["generic", "ragged"])
  }

  @Test("a subject that fails, or offers none of it, is no right one")
  func unanswered() async throws {
    struct Refusal: Error {}
    let gru = try Workbench.entry("cs224d-gru").subject
    for (error, verdict) in [
      (Refusal() as any Error, Verdict.error), (NotOffered("no NaN"), .notOffered),
    ] {
      let subject = Rewired(
        name: "refusing", base: gru,
        answered: { problem, answers in
          guard problem.batch.x.scalars.allSatisfy(\.isFinite) else { throw error }
          return answers
        })
      let report = try await Workbench.report(
        subject, against: "cs224d-gru", checks: [.propagation], cases: ["generic"])
      #expect(report.results.map(\.verdict) == [verdict, verdict])
    }
  }
}
