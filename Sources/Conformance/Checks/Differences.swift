import GoldenFixtures
import GradientCheck
import Oracle
import Tensors

extension CaseExamination {
  /// The subject's gradients against finite differences of its own forward pass, in float64.
  func differences(_ tolerance: Tolerance, _ activations: ActivationClass) -> CheckResult {
    let report: GradientReport
    do {
      report = try FiniteDifferences.check(
        learnedAlone(subject.differentiable(at: golden.problem)), lossBound: lossBound(tolerance)
      ) { quantity, index in elementTolerance(tolerance, quantity, index) }
    } catch let error as NotOffered {
      return result(.differences, .notOffered, message: error.reason)
    } catch let error as GradientCheckError where error.code == .missing {
      return result(.differences, .notOffered, message: "\(error)")
    } catch {
      return result(.differences, .error, message: "\(error)")
    }
    let element = report.failures.first ?? report.worst
    let deviation = element.map { element in
      Deviation(
        quantity: element.quantity, index: element.index,
        position: golden.answers[element.quantity]?.position(of: element.index) ?? [],
        found: element.analytic, expected: element.difference, tolerance: element.acceptance)
    }
    return CheckResult(
      formulation: reference.formulation.id, goldenCase: golden.name, check: .differences,
      precision: precision, verdict: report.departs ? .departs : .conforms, deviation: deviation,
      failures: report.failures.count, elements: report.elements.count,
      worstRatio: report.worst?.ratio ?? 0, activations: activations,
      message: weakness(of: report), flags: golden.flags)
  }

  /// The subject, asked for no gradient of a constant.
  private func learnedAlone(
    _ subject: any DifferentiableSubject
  ) -> any DifferentiableSubject {
    let formulation = reference.formulation
    guard formulation.learned.count < formulation.parameters.count else { return subject }
    return LearnedAlone(subject, constants: formulation.declaration.notation.constants)
  }

  /// What the differences see only in part, in words; empty if they see everything.
  private func weakness(of report: GradientReport) -> String {
    let weak = report.elements.count(where: \.isWeak)
    let untested = report.elements.count(where: \.isUntested)
    guard weak > 0 else { return "" }
    return "\(weak) of \(report.elements.count) elements are seen to less than 1e-6 of their size,"
      + " \(untested) of them not at all"
  }

  /// How far rounding may take the loss of a right cell: through every output, and in their weighted sum.
  private func lossBound(_ tolerance: Tolerance) -> Double {
    var bound = 0.0
    var magnitude = 0.0
    var terms = 0
    func add(_ upstream: [String: Tensor<Double>], _ quantity: (String) -> Quantity) {
      // In one order, so that every run adds up to the same bits.
      for (name, cotangents) in upstream.sorted(by: { $0.key < $1.key }) {
        guard let values = golden.answers[quantity(name)] else { continue }
        let tolerances = self.bound(tolerance, quantity(name))
        for index in 0..<min(values.count, cotangents.count) {
          let weight = cotangents[index].magnitude
          bound += weight * tolerances(index, values[index])
          magnitude += weight * values[index].magnitude
          terms += 1
        }
      }
    }
    add(golden.problem.upstream.sequence) { .sequence($0) }
    add(golden.problem.upstream.final) { .final($0) }
    // A dot product of n terms, in any order: n products and at most n − 1 sums, none above Σ|p|.
    return bound + Double(terms) * precision.unitRoundoff * magnitude
  }

  /// The tolerances of the elements of a quantity that has goldens; 0 for any other.
  func bound(_ tolerance: Tolerance, _ quantity: Quantity) -> Grading.Bound {
    tolerance.bound(golden.scales[quantity], of: golden.answers[quantity]?.count ?? 0)
  }

  private func elementTolerance(
    _ tolerance: Tolerance, _ quantity: Quantity, _ index: Int
  ) -> Double {
    guard let expected = golden.answers[quantity]?[index] else { return 0 }
    return bound(tolerance, quantity)(index, expected)
  }
}
