import Conformance
import Equations
import Tensors

/// A subject run one step at a time, so that what passes between steps can be made wrong.
///
/// Forward each step is a sequence of one step from the states that the step before left; backward each gets as
/// final upstream gradients what the step after gives back to its initial states. Unchanged this is the
/// subject itself, for formulations whose steps need nothing but the step before.
struct StepByStep: Subject {
  typealias States = [String: Tensor<Double>]

  let base: any Subject
  let formulation: Formulation
  /// What the next step starts from, of the states after step t and the initial ones.
  var carry: @Sendable (_ step: Int, _ states: States, _ initial: States) -> States = {
    _, states, _ in states
  }
  /// What the step before gets, of the gradients that step t gives back.
  var bringBack: @Sendable (_ step: Int, _ gradients: States) -> States = { $1 }
  /// A parameter's gradient with the part of step t, which comes after that of step t + 1.
  var accumulate:
    @Sendable (_ name: String, _ step: Int, _ sum: Tensor<Double>, _ part: Tensor<Double>) ->
      Tensor<Double> = { $2.adding($3) }

  var name: String { base.name }
  var precisions: [Precision] { base.precisions }

  func answers(to problem: Case<Double>, in precision: Precision) throws -> Answers<Double> {
    let steps = problem.batch.steps
    guard steps > 0 else { return try base.answers(to: problem, in: precision) }
    var states = [problem.batch.initial]
    for step in 0..<steps {
      let answers = try base.answers(
        to: slice(of: problem, at: step, from: states[step], final: [:]), in: precision)
      let after = problem.batch.initial.keys.reduce(into: States()) {
        $0[$1] = answers[.final($1)]
      }
      states.append(
        step < steps - 1 ? carry(step, after, problem.batch.initial) : after)
    }
    var parts: [Answers<Double>] = []
    var arriving = problem.upstream.final
    for step in (0..<steps).reversed() {
      let answers = try base.answers(
        to: slice(of: problem, at: step, from: states[step], final: arriving), in: precision)
      parts.append(answers)
      let returned = problem.batch.initial.keys.reduce(into: States()) {
        $0[$1] = answers[.initial($1)]
      }
      arriving = step > 0 ? bringBack(step, returned) : returned
    }
    return joined(Array(parts.reversed()), initialGradients: arriving)
  }

  /// The same with every number of a state changed as it passes between the steps.
  func carrying(
    _ state: String, _ change: @escaping @Sendable (Double) -> Double
  ) -> StepByStep {
    var subject = self
    subject.carry = { _, states, _ in
      var states = states
      states[state] = states[state]?.map(change)
      return states
    }
    return subject
  }

  /// One step of a case as a case of its own.
  private func slice(
    of problem: Case<Double>, at step: Int, from states: States, final: States
  ) -> Case<Double> {
    let isLast = step == problem.batch.steps - 1
    var sequence: [String: Tensor<Double>] = [:]
    for (name, tensor) in problem.upstream.sequence {
      let isAtOneStepAlone = isAtOneStepAlone(name)
      if isAtOneStepAlone, !isLast { continue }
      sequence[name] = tensor.slice(along: 0, isAtOneStepAlone ? 0 : step)
    }
    let x = problem.batch.x.slice(along: 0, step)
    return Case(
      parameters: problem.parameters,
      batch: SequenceBatch(
        x: step > 0 && formulation.readsFirstInputAlone ? x.zeroed : x,
        lengths: problem.batch.lengths.map { $0.map { step < $0 ? 1 : 0 } }, initial: states),
      upstream: Upstream(sequence: sequence, final: final))
  }

  private func isAtOneStepAlone(_ name: String) -> Bool {
    formulation.signals.contains { $0.name == name && formulation.isAtOneStepAlone($0) }
  }

  /// The answers of the steps as those of the whole sequence.
  private func joined(
    _ parts: [Answers<Double>], initialGradients: States
  ) -> Answers<Double> {
    guard let last = parts.last else { return [:] }
    var answers: Answers<Double> = [:]
    for (quantity, tensor) in last {
      let all = parts.compactMap { $0[quantity] }
      switch quantity {
      case .sequence(let name), .cotangent(let name):
        answers[quantity] =
          isAtOneStepAlone(name)
          ? tensor : .joined(all, shape: [all.count] + tensor.shape.dropFirst())
      case .inputs:
        let read =
          formulation.readsFirstInputAlone
          ? all.prefix(1) + all.dropFirst().map(\.zeroed) : all[...]
        answers[quantity] = .joined(Array(read), shape: [all.count] + tensor.shape.dropFirst())
      case .final: answers[quantity] = tensor
      case .initial(let name): answers[quantity] = initialGradients[name]
      case .parameter(let name):
        answers[quantity] = all.enumerated().reversed().reduce(tensor.zeroed) {
          accumulate(name, $1.offset, $0, $1.element)
        }
      }
    }
    return answers
  }
}
