import GoldenFixtures
import Tensors

extension Check {
  /// What upstream gradients are multiplied by: every gradient then changes its sign or exponent alone.
  public static let linearityFactors = [-1, 8, 0.125]
}

extension CaseExamination {
  /// The backward pass is linear in the upstream gradients.
  ///
  /// Scaled by −1, 8 and 1/8 they scale every gradient bit for bit, as all of these only change signs and
  /// exponents; asked for only where two identical calls give identical bits and nothing comes near the
  /// ends of the exponent range. Otherwise the scaled gradients lie within the scaled tolerance.
  func linearity(
    _ answers: Answers<Double>, _ tolerance: Tolerance, _ activations: ActivationClass
  ) -> CheckResult {
    let gradients = answers.filter { $0.key.isGradient && golden.answers[$0.key] != nil }
    guard !gradients.isEmpty else { return result(.linearity, .notOffered) }
    if let wrong = gradients.first(where: { $0.value.shape != golden.answers[$0.key]?.shape }) {
      return result(
        .linearity, .error,
        message: "\(wrong.key.path): the shape is \(wrong.value.shape), expected"
          + " \(golden.answers[wrong.key]?.shape ?? [])")
    }
    var problem = golden.problem
    var scaled: [(answers: Answers<Double>, factor: Double, expected: Answers<Double>)] = []
    var isReproducible = true
    do {
      for factor in Check.linearityFactors {
        problem.upstream = golden.problem.upstream.scaled(by: factor)
        scaled.append(
          (
            try subject.answers(to: problem, in: precision), factor,
            gradients.mapValues { $0.map { $0 * factor } }
          ))
      }
      let isScaled = scaled.allSatisfy { answers, _, expected in
        expected.allSatisfy { answers[$0.key] == $0.value }
      }
      // Answers that are scaled exactly say by themselves that nothing else changes them.
      if !isScaled {
        let again = try subject.answersAgain(to: golden.problem, in: precision)
        isReproducible = gradients.allSatisfy {
          again[$0.key]?.hasSameBits(as: $0.value) ?? false
        }
      }
    } catch let error as NotOffered {
      return result(.linearity, .notOffered, message: error.reason)
    } catch {
      return result(.linearity, .error, message: "the subject failed: \(error)")
    }
    let isExact = isReproducible && model.scalesExactly && hasModerateGradients
    var worst: CheckResult?
    for (answers, factor, expected) in scaled {
      let grading = Grading(
        answers, order: expected.keys.sorted(), walk: walk(backwardPass: true), expected: expected
      ) { quantity in
        if isExact { return { _, _ in 0 } }
        let bound = tolerance.bound(
          golden.scales[quantity], of: expected[quantity]?.count ?? 0)
        return { 2 * factor.magnitude * bound($0, $1) }
      }
      let found = result(.linearity, grading, activations)
      if found.verdict != .conforms { return found }
      if worst.map({ found.worstRatio > $0.worstRatio }) ?? true { worst = found }
    }
    guard let worst else { return result(.linearity, .notOffered) }
    guard !isReproducible else { return worst }
    return CheckResult(
      formulation: worst.formulation, goldenCase: worst.goldenCase, check: .linearity,
      precision: precision, verdict: worst.verdict, deviation: worst.deviation,
      failures: worst.failures, elements: worst.elements, worstRatio: worst.worstRatio,
      activations: activations,
      message: "not reproducible: two identical calls gave different bits", flags: worst.flags)
  }

  /// Whether every gradient that is not zero lies within 2^±60, far from where scaling rounds.
  private var hasModerateGradients: Bool {
    golden.regime == .ordinary
      && golden.answers.allSatisfy { quantity, tensor in
        !quantity.isGradient
          || tensor.scalars.allSatisfy { $0 == 0 || (0x1p-60...0x1p60).contains($0.magnitude) }
      }
  }
}

extension Tensor<Double> {
  /// Whether two tensors are the same, bit by bit.
  package func hasSameBits(as other: Tensor) -> Bool {
    shape == other.shape
      && withUnsafeScalars { own in
        other.withUnsafeScalars { other in
          own.indices.allSatisfy { own[$0].bitPattern == other[$0].bitPattern }
        }
      }
  }
}
