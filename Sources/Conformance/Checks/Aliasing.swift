import GoldenFixtures
import GradientCheck
import Tensors

extension CaseExamination {
  /// Calls do not reach into each other.
  ///
  /// What a subject is given stays as it is, bit for bit; so does what it has given, whatever is called
  /// after; and a call that follows another sequence gives the bits of the first call. A subject whose two
  /// identical calls give different bits is not reproducible: it is then judged within two tolerances.
  func aliasing(_ tolerance: Tolerance, _ activations: ActivationClass) -> CheckResult {
    let given = golden.problem.copied()
    let first, again, last: Answers<Double>
    let kept: Answers<Double>
    do {
      first = try bareSubject.answers(to: given, in: precision)
      kept = first.mapValues { $0.copied() }
      again = try bareSubject.answersAgain(to: golden.problem.copied(), in: precision)
      _ = try bareSubject.answers(to: golden.problem.disturbed(), in: precision)
      last = try bareSubject.answersAgain(to: golden.problem.copied(), in: precision)
    } catch let error as NotOffered {
      return result(.aliasing, .notOffered, message: error.reason)
    } catch {
      return result(.aliasing, .error, message: "the subject failed: \(error)")
    }
    let inputs = given.tensorsByPlace
    for (place, right) in golden.problem.tensorsByPlace.sorted(by: { $0.key < $1.key }) {
      guard let found = inputs[place], !found.hasSameBits(as: right) else { continue }
      return aliased(found, right, at: place, "the call changed what it was given", activations)
    }
    for (quantity, right) in kept.sorted(by: { $0.key < $1.key }) {
      guard let found = first[quantity], !found.hasSameBits(as: right) else { continue }
      return aliased(
        found, right, at: quantity, "a later call changed what this call had given", activations)
    }
    let isReproducible = kept.allSatisfy { again[$0.key]?.hasSameBits(as: $0.value) ?? false }
    for (answers, words) in [(again, "the same call again"), (last, "after another sequence")] {
      if isReproducible, kept.allSatisfy({ answers[$0.key]?.hasSameBits(as: $0.value) ?? false }) {
        continue
      }
      let grading = Grading(
        answers, order: kept.keys.sorted(), walk: walk(backwardPass: false), expected: kept
      ) { quantity in
        isReproducible ? { _, _ in 0 } : twice(tolerance, quantity, of: kept[quantity]?.shape)
      }
      let found = result(.aliasing, grading, activations)
      if found.verdict != .conforms { return found.saying("it differs: \(words)") }
    }
    let conforming = result(
      .aliasing,
      Grading(kept, order: kept.keys.sorted(), walk: walk(backwardPass: false), expected: kept) {
        _ in { _, _ in 0 }
      },
      activations)
    return isReproducible || conforming.verdict != .conforms
      ? conforming
      : conforming.saying("not reproducible: two identical calls gave different bits")
  }

  /// Two tolerances of each element of a quantity that has goldens of that shape; infinity for any other, as
  /// a gradient of a signal.
  private func twice(
    _ tolerance: Tolerance, _ quantity: Quantity, of shape: [Int]?
  ) -> Grading.Bound {
    guard let right = golden.answers[quantity], right.shape == shape else {
      return { _, _ in .infinity }
    }
    let bound = bound(tolerance, quantity)
    return { index, _ in 2 * bound(index, right[index]) }
  }

  /// A tensor that is not what it was.
  private func aliased(
    _ found: Tensor<Double>, _ right: Tensor<Double>, at quantity: Quantity, _ words: String,
    _ activations: ActivationClass
  ) -> CheckResult {
    let grading = Grading(
      [quantity: found], order: [quantity], walk: walk(backwardPass: false),
      expected: [quantity: right]
    ) { _ in { _, _ in 0 } }
    return CheckResult(
      formulation: reference.formulation.id, goldenCase: golden.name, check: .aliasing,
      precision: precision, verdict: .departs, deviation: grading.first ?? grading.worst,
      failures: max(grading.failures, 1), elements: grading.elements, worstRatio: .infinity,
      activations: activations, message: words, flags: golden.flags)
  }
}

/// A subject that gets a copy of every case, so that it cannot change what others read.
struct ShieldedSubject: Subject {
  let base: any Subject

  var name: String { base.name }
  var precisions: [Precision] { base.precisions }

  func model(of precision: Precision) -> ArithmeticModel { base.model(of: precision) }

  func answers(to problem: Case<Double>, in precision: Precision) throws -> Answers<Double> {
    try base.answers(to: problem.copied(), in: precision)
  }

  func answersAgain(
    to problem: Case<Double>, in precision: Precision
  ) throws -> Answers<Double> {
    try base.answersAgain(to: problem.copied(), in: precision)
  }

  func differentiable(at problem: Case<Double>) throws -> any DifferentiableSubject {
    try base.differentiable(at: problem.copied())
  }
}

extension Tensor<Double> {
  /// The same numbers in storage of its own, which not even unsafe code shares with this one's.
  fileprivate func copied() -> Tensor { map { $0 } }
}

extension Case<Double> {
  fileprivate func copied() -> Case {
    mapTensors { $0.copied() }
  }

  /// Another case of the same shapes.
  fileprivate func disturbed() -> Case {
    var other = mapTensors { $0.map { -$0 } }
    other.parameters = parameters.mapValues { $0.copied() }
    return other
  }

  private func mapTensors(_ transform: (Tensor<Double>) -> Tensor<Double>) -> Case {
    Case(
      parameters: parameters.mapValues(transform),
      batch: SequenceBatch(
        x: transform(batch.x), lengths: batch.lengths, initial: batch.initial.mapValues(transform)),
      upstream: Upstream(
        sequence: upstream.sequence.mapValues(transform), final: upstream.final.mapValues(transform)
      ))
  }

  /// Every tensor by the quantity that it is asked of or that it weighs: the parameters, inputs and initial
  /// states by their gradients, the upstream gradients by their signals.
  fileprivate var tensorsByPlace: [Quantity: Tensor<Double>] {
    var tensors: [Quantity: Tensor<Double>] = [.inputs("x"): batch.x]
    for (name, tensor) in parameters { tensors[.parameter(name)] = tensor }
    for (name, tensor) in batch.initial { tensors[.initial(name)] = tensor }
    for (name, tensor) in upstream.sequence { tensors[.sequence(name)] = tensor }
    for (name, tensor) in upstream.final { tensors[.final(name)] = tensor }
    return tensors
  }
}

extension CheckResult {
  fileprivate func saying(_ message: String) -> CheckResult {
    CheckResult(
      formulation: formulation, goldenCase: goldenCase, check: check, precision: precision,
      verdict: verdict, deviation: deviation, failures: failures, elements: elements,
      worstRatio: worstRatio, activations: activations, message: message, flags: flags)
  }
}
