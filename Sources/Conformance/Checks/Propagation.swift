import GoldenFixtures
import Oracle
import Tensors

extension CaseExamination {
  /// NaN and infinity go where the equations lead, and nowhere else.
  ///
  /// What does not depend on them is as the goldens say. What does is NaN, infinite or finite where it is so in
  /// every right evaluation, and an activation of an infinity is at its end; where right evaluations differ
  /// (0·∞, ∞ − ∞, the larger of a number and NaN) nothing is asked.
  func propagation(_ tolerance: Tolerance, _ activations: ActivationClass) -> CheckResult {
    var worst: CheckResult?
    for poison in Poison.all(in: golden, of: reference.formulation) {
      let answers: Answers<Double>
      do {
        answers = try subject.answers(to: poison.problem, in: precision)
      } catch let error as NotOffered {
        return result(.propagation, .notOffered, message: error.reason)
      } catch {
        return result(
          .propagation, .error, message: "the subject failed with \(poison.name): \(error)")
      }
      let found: CheckResult
      do {
        found = try grade(answers, poison, tolerance, activations)
      } catch {
        return result(.propagation, .error, message: "\(error)")
      }
      if found.verdict != .conforms { return found }
      if worst.map({ found.worstRatio > $0.worstRatio }) ?? true { worst = found }
    }
    return worst ?? result(.propagation, .notOffered)
  }

  private func grade(
    _ answers: Answers<Double>, _ poison: Poison, _ tolerance: Tolerance,
    _ activations: ActivationClass
  ) throws -> CheckResult {
    let right = try poisoned.right(under: poison, by: reference)
    // Numbers that are right by being infinite or not numbers have no distance; they are made equal here.
    var comparable = answers
    var expected = golden.answers
    for (quantity, reaches) in right.reach {
      guard var found = answers[quantity], var golden = expected[quantity],
        found.count == reaches.count, let direct = right.direct[quantity]
      else { continue }
      for (index, reach) in reaches.enumerated() {
        switch reach {
        case .untouched: continue
        case .saturated(let value): golden[index] = value
        case .finite, .infinite, .notANumber, .open:
          golden[index] = reach.allows(found[index]) ? 0 : direct[index]
          if reach.allows(found[index]) { found[index] = 0 }
        }
      }
      comparable[quantity] = found
      expected[quantity] = golden
    }
    let order =
      reference.formulation.orderedEquations.map { Quantity.sequence($0.signal.name) }
      + expected.keys.filter { if case .sequence = $0 { false } else { true } }.sorted()
    let grading = Grading(
      comparable, order: order, walk: walk(backwardPass: false), expected: expected
    ) { quantity in
      guard let reaches = right.reach[quantity] else { return { _, _ in 0 } }
      let bound = bound(tolerance, quantity)
      return { index, expected in
        switch reaches[index] {
        case .untouched: bound(index, expected)
        case .saturated(let value): tolerance.tolerance(ofActivation: value)
        case .finite, .infinite, .notANumber, .open: 0
        }
      }
    }
    return result(.propagation, grading, activations, note: poison.name)
  }
}

extension Reach {
  /// Whether a right evaluation may give a number, where no golden says more.
  fileprivate func allows(_ number: Double) -> Bool {
    switch self {
    case .untouched, .saturated: false
    case .finite: number.isFinite
    case .infinite(let sign): number.isInfinite && number.sign == sign
    case .notANumber: number.isNaN
    case .open: true
    }
  }
}
