import Equations
import GoldenFixtures
import Oracle
import Tensors

/// Every check of one subject on one case in one arithmetic.
package struct CaseExamination: Sendable {
  let reference: Reference
  /// The subject, which never gets the goldens' own tensors in its hands.
  let subject: any Subject
  /// The subject itself.
  let bareSubject: any Subject
  let golden: GoldenCase
  let precision: Precision
  let model: ArithmeticModel
  let checks: Set<Check>
  let poisoned: PoisonedAnswers

  /// An examination.
  ///
  /// - Parameters:
  ///   - model: what the subject's arithmetic may lose; nil for what the subject says.
  ///   - poisoned: where what is right of the case under poisons is kept, for other examinations of it.
  package init(
    reference: Reference, subject: any Subject, golden: GoldenCase, precision: Precision,
    model: ArithmeticModel? = nil, checks: Set<Check>, poisoned: PoisonedAnswers = .init()
  ) {
    self.reference = reference
    self.subject = ShieldedSubject(base: subject)
    self.bareSubject = subject
    self.golden = golden
    self.precision = precision
    self.model = model ?? subject.model(of: precision)
    self.checks = checks
    self.poisoned = poisoned
  }

  private var formulation: Formulation { reference.formulation }

  /// Runs the checks.
  package func results() -> [CheckResult] {
    if let reason = unjudged {
      return checksMade.map { result($0, .notOffered, message: reason) }
    }
    let answers: Answers<Double>
    do {
      answers = try self.answers()
    } catch let error as NotOffered {
      return checksMade.map { result($0, .notOffered, message: error.reason) }
    } catch {
      return checksMade.map { result($0, .error, message: "the subject failed: \(error)") }
    }
    return results(of: answers)
  }

  /// The checks that are made of the case, in order.
  private var checksMade: [Check] {
    Check.allCases.filter {
      checks.contains($0) && ($0 != .propagation || Poison.isGiven(golden, of: formulation))
    }
  }

  /// What the subject answers to the case.
  ///
  /// - Throws: whatever keeps it from answering.
  package func answers() throws -> Answers<Double> {
    try subject.answers(to: golden.problem, in: precision)
  }

  /// Grades what the subject answered to the case.
  ///
  /// - Parameter activations: how accurate the subject's activations are known to be; nil where that is to
  ///   be found out.
  package func results(
    of answers: Answers<Double>, activations: ActivationClass? = nil
  ) -> [CheckResult] {
    let steps =
      checks.isDisjoint(with: [.forwardStep, .backwardStep]) ? nil : stepReference(answers)
    func graded(_ check: Check, _ activations: ActivationClass) -> CheckResult {
      grade(check, answers, steps, Tolerance(model, activations: activations), activations)
    }
    let checks = checksMade.filter { $0 != .differences || precision == .float64 }
    if let activations { return checks.map { graded($0, activations) } }
    // The relative class is tried first; the absolute one serves where the relative one does not hold.
    let relative = checks.map { graded($0, .relative) }
    let departing = relative.filter { $0.verdict == .departs }.map(\.check)
    guard !departing.isEmpty,
      !departing.contains(where: { graded($0, .absolute).verdict == .departs })
    else { return relative }
    let absolute = checks.map { graded($0, .absolute) }
    return absolute.contains { $0.verdict == .departs } ? relative : absolute
  }

  /// Why the case says nothing about a subject of this arithmetic; nil where it does.
  private var unjudged: String? {
    switch (golden.regime, precision) {
    case (.saturated, .bfloat16), (.saturated, .float16):
      "not judged: where gates saturate, the first order does not bound the errors of 16 bits"
    case (.tiny, .float16): "not judged: the numbers lie below those of float16"
    default: nil
    }
  }

  private func grade(
    _ check: Check, _ answers: Answers<Double>, _ steps: Result<StepReference, OracleError>?,
    _ tolerance: Tolerance, _ activations: ActivationClass
  ) -> CheckResult {
    switch check {
    case .forwardStep, .backwardStep:
      stepResult(check, answers, steps, tolerance, activations)
    case .values:
      endToEnd(
        .values, answers,
        order: signalOrder.map { .sequence($0) } + states.map { .final($0) }, tolerance,
        activations)
    case .gradients: endToEnd(.gradients, answers, order: gradientOrder, tolerance, activations)
    case .differences: differences(tolerance, activations)
    case .linearity: linearity(answers, tolerance, activations)
    case .aliasing: aliasing(tolerance, activations)
    case .propagation: propagation(tolerance, activations)
    }
  }

  // MARK: Steps

  private func stepReference(_ answers: Answers<Double>) -> Result<StepReference, OracleError> {
    Result { () throws(OracleError) in
      // What is of another shape or not finite is graded, and not computed with.
      let shapes = try reference.reportShapes(for: golden.problem)
      let report = answers.filter { quantity, tensor in
        shapes[quantity] == tensor.shape && tensor.scalars.allSatisfy(\.isFinite)
      }
      return try reference.steps(
        of: golden.problem, from: report,
        forwardOnly: !checks.contains(.backwardStep) || !judgesBackwardSteps(of: answers))
    }
  }

  private func stepResult(
    _ check: Check, _ answers: Answers<Double>, _ reference: Result<StepReference, OracleError>?,
    _ tolerance: Tolerance, _ activations: ActivationClass
  ) -> CheckResult {
    if check == .backwardStep, !judgesBackwardSteps(of: answers) {
      return result(
        check, .notOffered,
        message:
          "not judged: the gradients of its states are not reported, and over many steps with saturated"
          + " gates the first order does not bound the errors; 'gradients' judges them end to end")
    }
    let steps: StepReference
    do {
      guard let reference else { return result(check, .notOffered) }
      steps = try reference.get()
    } catch {
      return result(check, .error, message: "\(error)")
    }
    let order =
      check == .forwardStep
      ? signalOrder.map { Quantity.sequence($0) }
      : self.reference.gradients.adjoints.map { .cotangent($0.signal.name) } + gradientOrder
    let grading = Grading(
      answers, order: order, walk: walk(backwardPass: check == .backwardStep),
      expected: steps.expected
    ) { quantity in
      tolerance.bound(steps.scales[quantity], of: steps.expected[quantity]?.count ?? 0)
    } suspicion: { quantity in
      tolerance.suspicion(steps.scales[quantity], of: steps.expected[quantity]?.count ?? 0)
    }
    return result(check, grading, activations)
  }

  /// Whether each step of the backward pass is judged: where gates saturate, only of a subject that says what it
  /// hands to the step before.
  private func judgesBackwardSteps(of answers: Answers<Double>) -> Bool {
    golden.regime != .saturated || states.allSatisfy { answers[.cotangent($0)] != nil }
  }

  // MARK: End to end

  private func endToEnd(
    _ check: Check, _ answers: Answers<Double>, order: [Quantity], _ tolerance: Tolerance,
    _ activations: ActivationClass
  ) -> CheckResult {
    let grading = Grading(
      answers, order: order, walk: walk(backwardPass: check == .gradients),
      expected: golden.answers
    ) { quantity in
      bound(tolerance, quantity)
    } suspicion: { quantity in
      tolerance.suspicion(golden.scales[quantity], of: golden.answers[quantity]?.count ?? 0)
    }
    return result(check, grading, activations)
  }

  // MARK: Orders

  /// The signals in the order in which a step computes them.
  private var signalOrder: [String] { formulation.orderedEquations.map(\.signal.name) }

  /// How a fault spreads over each quantity.
  func walk(backwardPass: Bool) -> (Quantity) -> StepWalk {
    { formulation.walk(of: $0, backwardPass: backwardPass) }
  }

  private var states: [String] { formulation.states.map(\.name) }

  private var gradientOrder: [Quantity] {
    [.inputs(formulation.input.name)] + states.map { .initial($0) }
      + formulation.learned.map { .parameter($0.name) }
  }

  // MARK: Results

  func result(
    _ check: Check, _ grading: Grading, _ activations: ActivationClass, note: String? = nil
  ) -> CheckResult {
    if let malformed = grading.malformed { return result(check, .error, message: malformed) }
    if grading.elements == 0, !grading.missing.isEmpty {
      return result(check, .notOffered)
    }
    let missing = grading.missing.map(\.path).joined(separator: ", ")
    return CheckResult(
      formulation: formulation.id, goldenCase: golden.name, check: check, precision: precision,
      verdict: grading.failures > 0 ? .departs : grading.suspects > 0 ? .suspect : .conforms,
      deviation: grading.first ?? grading.firstSuspect ?? grading.worst,
      failures: grading.failures, suspects: grading.suspects,
      elements: grading.elements, worstRatio: grading.worst?.ratio ?? 0,
      activations: activations,
      message: [note, missing.isEmpty ? nil : "not offered: \(missing)"].compactMap { $0 }
        .joined(separator: "; "),
      flags: golden.flags, worst: grading.worst)
  }

  func result(_ check: Check, _ verdict: Verdict, message: String = "") -> CheckResult {
    CheckResult(
      formulation: formulation.id, goldenCase: golden.name, check: check, precision: precision,
      verdict: verdict, deviation: nil, failures: 0, elements: 0, worstRatio: 0,
      activations: .relative, message: message, flags: golden.flags)
  }
}
