import Conformance
import GoldenFixtures
import Tensors

/// One mutant before the suite, in one arithmetic.
struct Trial: Sendable {
  let bench: Bench
  let mutant: Mutant
  let precision: Precision
  private let lasting: any Subject

  /// A trial.
  ///
  /// - Parameter subject: the mutant's subject, which trials in several arithmetics share.
  init(bench: Bench, mutant: Mutant, precision: Precision, subject: any Subject) {
    self.bench = bench
    self.mutant = mutant
    self.precision = precision
    lasting = subject
  }

  /// The wrong implementation; it has not been asked anything that it remembers.
  private var subject: any Subject { mutant.remembersCalls ? mutant.subject() : lasting }

  /// Tries the mutant: by the goldens of every case, then by every other check; what is left may be right.
  func result() -> MutantResult {
    if let killer = killer(by: Bench.goldenChecks) { return result(.killed, killer) }
    if isEquivalent { return result(.equivalent) }
    if let killer = killer(by: Bench.otherChecks) { return result(.killed, killer) }
    return result(isBelowLimit ? .belowLimit : .survived)
  }

  /// Whether the goldens of some case show that the mutant is wrong.
  var isSeenByGoldens: Bool {
    bench.cases.contains { golden in
      examination(on: golden, Bench.goldenChecks).results().contains(where: \.isFailure)
    }
  }

  /// Whether one case alone shows that the mutant is wrong.
  func isKilled(by golden: GoldenCase) -> Bool {
    [Bench.goldenChecks, Bench.otherChecks].contains { checks in
      examination(on: golden, checks).results().contains(where: \.isFailure)
    }
  }

  private func result(
    _ fate: MutantResult.Fate, _ killer: MutantResult.Killer? = nil
  ) -> MutantResult {
    MutantResult(
      formulation: bench.source.formulation.id, mutant: mutant, precision: precision, fate: fate,
      killer: killer)
  }

  private func examination(on golden: GoldenCase, _ checks: Set<Check>) -> CaseExamination {
    bench.examination(of: subject, on: golden, in: precision, checks)
  }

  // MARK: Killing

  private func killer(by checks: Set<Check>) -> MutantResult.Killer? {
    for golden in bench.cases {
      let examination = examination(on: golden, checks)
      let answers = try? examination.answers()
      let results = answers.map { examination.results(of: $0) } ?? examination.results()
      guard let failure = results.first(where: \.isFailure) else { continue }
      return killer(failure, among: results, on: golden, answers)
    }
    return nil
  }

  /// What the report of the case says, and whether it is right.
  private func killer(
    _ failure: CheckResult, among results: [CheckResult], on golden: GoldenCase,
    _ answers: Answers<Double>?
  ) -> MutantResult.Killer {
    let fault =
      fault(of: answers, on: golden, as: failure.activations)
      ?? Report.fault(in: results + [failure])
    let named = fault?.deviation?.quantity
    let step = fault?.deviation?.step
    var namesRightStep: Bool?
    if mutant.isForward, let answers, let steps = firstWrongSteps(of: answers, on: golden) {
      namesRightStep = step.map(steps.contains) ?? false
    }
    return MutantResult.Killer(
      goldenCase: golden.name, check: failure.check, isError: failure.verdict == .error,
      named: named, step: step,
      namesRightPlace: mutant.places.isEmpty
        ? nil : named.map(mutant.places.contains) ?? false,
      namesRightStep: namesRightStep)
  }

  /// What the step checks find, of which the report names the forward one first; nil where they find nothing.
  private func fault(
    of answers: Answers<Double>?, on golden: GoldenCase, as activations: ActivationClass
  ) -> CheckResult? {
    guard let answers else { return nil }
    // A wrong backward pass has the right forward one.
    for check in mutant.origin == .backward ? [.backwardStep] : [Check.forwardStep, .backwardStep] {
      let results = examination(on: golden, [check])
        .results(of: answers, activations: activations)
      if let fault = Report.fault(in: results) { return fault }
    }
    return nil
  }

  /// The steps that are right to be named as the first wrong one: from the first at which a signal of the mutant
  /// has other bits than the same program without the change to the first at which it differs by more than the
  /// detection limit; nil where no signal does, and where a state runs backward, for which the first step is
  /// not the earliest.
  private func firstWrongSteps(of wrong: Answers<Double>, on golden: GoldenCase) -> ClosedRange<
    Int
  >? {
    guard bench.source.formulation.longestLead == 0,
      let right = bench.answers(ofOriginalOf: mutant, to: golden, in: precision)
    else { return nil }
    let tolerance = Tolerance(precision, activations: .relative)
    var different = Int.max
    var seen = Int.max
    for signal in bench.source.formulation.signals {
      let quantity = Quantity.sequence(signal.name)
      guard let a = wrong[quantity], let b = right[quantity], a.shape == b.shape,
        let expected = golden.answers[quantity], let scale = golden.scales[quantity]
      else { continue }
      let isAtOneStepAlone = bench.source.formulation.isAtOneStepAlone(signal)
      let width = max(a.shape[1...].reduce(1, *), 1)
      for index in 0..<a.count where a[index].bitPattern != b[index].bitPattern {
        // What holds at the last step alone is named as row 0, after every step.
        let step = isAtOneStepAlone ? golden.problem.batch.steps : index / width
        different = min(different, step)
        let limit =
          2 * tolerance.tolerance(scale, at: index, of: a.count, expected: expected[index])
        if !((a[index] - b[index]).magnitude <= limit) { seen = min(seen, step) }
      }
    }
    guard seen < .max else { return nil }
    return seen == golden.problem.batch.steps ? 0...0 : different...seen
  }

  // MARK: Not killing

  private var isEquivalent: Bool {
    let problems = Self.families.flatMap { family in
      (1...2).map { family.problem(for: bench.source.formulation, seed: family.seed &+ $0) }
    }
    switch mutant.comparison {
    case .none: return false
    case .equations(let reference):
      return problems.allSatisfy {
        (try? bench.source.reference.agrees(with: reference, on: $0)) ?? false
      }
    case .answers:
      return (problems + bench.cases.map(\.problem)).allSatisfy { problem in
        guard let wrong = try? subject.answers(to: problem, in: precision),
          let right = try? mutant.original.answers(to: problem, in: precision)
        else { return false }
        return wrong.count == right.count
          && wrong.allSatisfy { right[$0.key]?.hasSameBits(as: $0.value) ?? false }
      }
    }
  }

  /// The families whose random members decide whether a mutant is right: dense numbers, several shapes.
  private static let families = CaseFamily.all.filter {
    $0.regime == .ordinary && $0.sizes.hidden <= 5 && $0.steps <= 5
  }

  /// Whether the change is no more than the detection limit, twice the tolerance, in any element of any case.
  ///
  /// A subject may keep to either accuracy of the activations, so that the limit of one of them is enough.
  private var isBelowLimit: Bool {
    guard mutant.amplitude != nil else { return false }
    return [ActivationClass.relative, .absolute].contains { activations in
      let tolerance = Tolerance(precision, activations: activations)
      return bench.cases.allSatisfy { isBelowLimit(of: tolerance, on: $0) }
    }
  }

  private func isBelowLimit(of tolerance: Tolerance, on golden: GoldenCase) -> Bool {
    guard let wrong = try? subject.answers(to: golden.problem, in: precision),
      let right = bench.answers(ofOriginalOf: mutant, to: golden, in: precision)
    else { return false }
    return golden.answers.allSatisfy { quantity, expected in
      guard let a = wrong[quantity], let b = right[quantity], let scale = golden.scales[quantity]
      else { return true }
      return (0..<expected.count).allSatisfy { index in
        (a[index] - b[index]).magnitude <= 2
          * tolerance.tolerance(scale, at: index, of: expected.count, expected: expected[index])
      }
    }
  }
}

extension Sweep {
  /// The smallest size that the goldens see.
  func result(on bench: Bench, in precision: Precision) -> SweepResult {
    var smallest: Double?
    for amplitude in Self.decades {
      let mutant = mutant(amplitude)
      let trial = Trial(
        bench: bench, mutant: mutant, precision: precision, subject: mutant.subject())
      guard trial.isSeenByGoldens else { break }
      smallest = amplitude
    }
    return SweepResult(
      formulation: bench.source.formulation.id, series: id, precision: precision,
      smallest: smallest)
  }
}
