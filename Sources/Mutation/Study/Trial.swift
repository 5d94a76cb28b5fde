import Conformance
import GoldenFixtures
import Tensors

/// One mutant before the suite, in one arithmetic.
struct Trial: Sendable {
  let bench: Bench
  let mutant: Mutant
  let precision: Precision

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
      results(on: golden, Bench.goldenChecks).contains(where: \.isFailure)
    }
  }

  /// Whether one case alone shows that the mutant is wrong.
  func isKilled(by golden: GoldenCase) -> Bool {
    [Bench.goldenChecks, Bench.otherChecks].contains { checks in
      results(on: golden, checks).contains(where: \.isFailure)
    }
  }

  private func result(
    _ fate: MutantResult.Fate, _ killer: MutantResult.Killer? = nil
  ) -> MutantResult {
    MutantResult(
      formulation: bench.source.formulation.id, mutant: mutant, precision: precision, fate: fate,
      killer: killer)
  }

  private func results(on golden: GoldenCase, _ checks: Set<Check>) -> [CheckResult] {
    bench.results(of: mutant.subject(), on: golden, in: precision, checks)
  }

  // MARK: Killing

  private func killer(by checks: Set<Check>) -> MutantResult.Killer? {
    for golden in bench.cases {
      guard let failure = results(on: golden, checks).first(where: \.isFailure) else { continue }
      return killer(failure, on: golden)
    }
    return nil
  }

  /// What the report of the case says, and whether it is right.
  private func killer(_ failure: CheckResult, on golden: GoldenCase) -> MutantResult.Killer {
    let localizing: Set<Check> = [.forwardStep, .backwardStep, .values, .gradients]
    let fault =
      Report.fault(in: results(on: golden, localizing)) ?? Report.fault(in: [failure])
    let named = fault?.deviation?.quantity
    let step = fault?.deviation?.step
    var namesRightStep: Bool?
    if mutant.isForward, let first = firstWrongStep(on: golden) { namesRightStep = step == first }
    return MutantResult.Killer(
      goldenCase: golden.name, check: failure.check, isError: failure.verdict == .error,
      named: named, step: step,
      namesRightPlace: mutant.places.isEmpty
        ? nil : named.map(mutant.places.contains) ?? false,
      namesRightStep: namesRightStep)
  }

  /// The first step at which a signal of the mutant has other bits than the same program without the change.
  private func firstWrongStep(on golden: GoldenCase) -> Int? {
    guard let wrong = try? mutant.subject().answers(to: golden.problem, in: precision),
      let right = try? mutant.original.answers(to: golden.problem, in: precision)
    else { return nil }
    var first: Int?
    var differsAtLastStepAlone = false
    for signal in bench.source.formulation.signals {
      guard let a = wrong[.sequence(signal.name)], let b = right[.sequence(signal.name)],
        a.shape == b.shape,
        let position = (0..<a.count).first(where: { a[$0].bitPattern != b[$0].bitPattern })
      else { continue }
      if bench.source.formulation.isAtLastStepAlone(signal) {
        differsAtLastStepAlone = true
      } else {
        let step = position / max(a.shape[1...].reduce(1, *), 1)
        first = min(first ?? step, step)
      }
    }
    return first ?? (differsAtLastStepAlone ? 0 : nil)
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
        guard let wrong = try? mutant.subject().answers(to: problem, in: precision),
          let right = try? mutant.original.answers(to: problem, in: precision)
        else { return false }
        return wrong.count == right.count
          && wrong.allSatisfy { right[$0.key]?.isIdentical(to: $0.value) ?? false }
      }
    }
  }

  /// The families whose random members decide whether a mutant is right: dense numbers, several shapes.
  private static let families = CaseFamily.all.filter {
    $0.regime == .ordinary && $0.sizes.hidden <= 5 && $0.steps <= 5
  }

  /// Whether the change is no more than the detection limit, twice the tolerance, in any element of any case.
  private var isBelowLimit: Bool {
    guard mutant.amplitude != nil else { return false }
    let tolerance = Tolerance(precision, activations: .relative)
    return bench.cases.allSatisfy { golden in
      guard let wrong = try? mutant.subject().answers(to: golden.problem, in: precision),
        let right = try? mutant.original.answers(to: golden.problem, in: precision)
      else { return false }
      return golden.answers.allSatisfy { quantity, expected in
        guard let a = wrong[quantity], let b = right[quantity], let scale = golden.scales[quantity]
        else { return true }
        return (0..<expected.count).allSatisfy { index in
          (a[index] - b[index]).magnitude <= 2
            * tolerance.tolerance(
              scale, at: index, of: expected.count, expected: expected[index])
        }
      }
    }
  }
}

extension Sweep {
  /// The smallest size that the goldens see.
  func result(on bench: Bench, in precision: Precision) -> SweepResult {
    var smallest: Double?
    for amplitude in Self.decades {
      let trial = Trial(bench: bench, mutant: mutant(amplitude), precision: precision)
      guard trial.isSeenByGoldens else { break }
      smallest = amplitude
    }
    return SweepResult(
      formulation: bench.source.formulation.id, series: id, precision: precision,
      smallest: smallest)
  }
}
