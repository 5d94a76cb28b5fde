import Conformance
import Tensors

/// A subject made wrong around a right one: what it is given, what it answers, or both are changed.
struct ChangedSubject: Subject {
  let base: any Subject
  var given: @Sendable (inout Case<Double>) -> Void = { _ in }
  var answered: @Sendable (Case<Double>, inout Answers<Double>) throws -> Void = { _, _ in }

  var name: String { base.name }
  var precisions: [Precision] { base.precisions }

  func answers(to problem: Case<Double>, in precision: Precision) throws -> Answers<Double> {
    var changed = problem
    given(&changed)
    var answers = try base.answers(to: changed, in: precision)
    try answered(problem, &answers)
    return answers
  }
}

/// A subject that goes through a right one in a way of its own.
struct ReroutedSubject: Subject {
  let base: any Subject
  let answer: @Sendable (any Subject, Case<Double>, Precision) throws -> Answers<Double>

  var name: String { base.name }
  var precisions: [Precision] { base.precisions }

  func answers(to problem: Case<Double>, in precision: Precision) throws -> Answers<Double> {
    try answer(base, problem, precision)
  }
}
