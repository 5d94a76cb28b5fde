import Conformance
import GoldenFixtures
import Oracle
import Tensors

/// The right evaluations of one case in one arithmetic.
struct CaseStudy: Sendable {
  let reference: Reference
  let program: Program
  let golden: GoldenCase
  let arithmetic: StudiedArithmetic
  let variants: Int
  let seed: UInt64
  let fault: Variant.Fault?

  /// What became of them.
  struct Outcome: Sendable {
    var evaluations = 0
    var checks = 0
    var flagged = 0
    var worst: CheckResult?
    var alarms: [SoundnessReport.Alarm] = []
    /// The median slack of each evaluation, and the one against the worst of all.
    var valueMedians: [Double] = []
    var gradientMedians: [Double] = []
    var valuesAgainstWorst: Double?
    var gradientsAgainstWorst: Double?
  }

  /// How many alarms of a case are kept in words.
  private static let mostAlarms = 3

  /// Roughly how much work it is.
  var weight: Int {
    let batch = golden.problem.batch
    let scalars = golden.problem.parameters.values.reduce(0) { $0 + $1.count }
    return variants * (scalars + 20) * batch.batch * max(batch.steps, 1)
  }

  /// Evaluates and judges.
  ///
  /// - Throws: `CancellationError`.
  func run() throws -> Outcome {
    var outcome = Outcome()
    var slack = SlackMeasurement(golden, arithmetic.model)
    for index in 0..<variants {
      try Task.checkCancellation()
      let variant = Variant(
        seed: seed &+ UInt64(index), storage: arithmetic.storage, fault: fault)
      let subject = VariantSubject(program, variant)
      let everything = subject.everything(of: golden.problem, in: arithmetic.precision)
      let results = CaseExamination(
        reference: reference, subject: subject, golden: golden, precision: arithmetic.precision,
        model: arithmetic.model,
        checks: SoundnessStudy.checks(ofEvaluation: index)
      ).results(of: subject.reported(everything), activations: variant.activations)
      outcome.add(results, of: variant, in: arithmetic, keeping: Self.mostAlarms)
      slack.add(everything)
    }
    if golden.regime != .saturated {
      outcome.valueMedians = slack.values.medians
      outcome.gradientMedians = slack.gradients.medians
      outcome.valuesAgainstWorst = slack.values.medianAgainstWorst
      outcome.gradientsAgainstWorst = slack.gradients.medianAgainstWorst
    }
    return outcome
  }
}

extension CaseStudy.Outcome {
  fileprivate mutating func add(
    _ results: [CheckResult], of variant: Variant, in arithmetic: StudiedArithmetic, keeping: Int
  ) {
    evaluations += 1
    checks += results.count
    for result in results where result.worstRatio > worst?.worstRatio ?? -1 { worst = result }
    let alarming = results.filter { $0.verdict == .departs || $0.verdict == .error }
    guard let first = Report.fault(in: alarming) ?? alarming.first else { return }
    flagged += 1
    if alarms.count < keeping {
      alarms.append(
        .init(variant: variant.description, arithmetic: arithmetic, result: first))
    }
  }
}

extension SoundnessReport {
  /// The outcomes of all cases by formulation and arithmetic.
  init(studies: [CaseStudy], outcomes: [CaseStudy.Outcome]) {
    struct Group: Hashable {
      let formulation: String
      let arithmetic: StudiedArithmetic
    }
    var order: [Group] = []
    var members: [Group: [CaseStudy.Outcome]] = [:]
    for (study, outcome) in zip(studies, outcomes) {
      let group = Group(
        formulation: study.reference.formulation.id, arithmetic: study.arithmetic)
      if members[group] == nil { order.append(group) }
      members[group, default: []].append(outcome)
    }
    rows = order.map { group in
      let outcomes = members[group] ?? []
      let worst = outcomes.compactMap(\.worst).max { $0.worstRatio < $1.worstRatio }
      return Row(
        formulation: group.formulation, arithmetic: group.arithmetic,
        evaluations: outcomes.reduce(0) { $0 + $1.evaluations },
        checks: outcomes.reduce(0) { $0 + $1.checks },
        flagged: outcomes.reduce(0) { $0 + $1.flagged },
        worst: worst,
        values: Slack(outcomes.flatMap(\.valueMedians), outcomes.compactMap(\.valuesAgainstWorst)),
        gradients: Slack(
          outcomes.flatMap(\.gradientMedians), outcomes.compactMap(\.gradientsAgainstWorst)))
    }
    alarms = outcomes.flatMap(\.alarms)
  }
}

extension SoundnessReport.Slack {
  fileprivate init?(_ one: [Double], _ all: [Double]) {
    guard let one = one.median, let all = all.median else { return nil }
    self.init(one: one, all: all)
  }
}
