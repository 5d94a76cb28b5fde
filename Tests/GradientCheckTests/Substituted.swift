import GradientCheck
import Tensors

/// A subject with other gradients than its own.
struct Substituted<Subject: DifferentiableSubject>: DifferentiableSubject {
  private let subject: Subject
  private let answers: Answers<Double>
  let constants: Set<String>

  init(_ subject: Subject, gradients: Answers<Double>, constants: Set<String> = []) {
    self.subject = subject
    answers = gradients
    self.constants = constants
  }

  var problem: Case<Double> { subject.problem }
  var changesAtOnce: Int { subject.changesAtOnce }
  func losses(of changes: [Change]) throws -> [Double] { try subject.losses(of: changes) }
  func gradients() throws -> Answers<Double> { answers }
}
