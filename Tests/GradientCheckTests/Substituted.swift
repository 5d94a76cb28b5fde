import GradientCheck
import Tensors

/// A subject with other gradients than its own.
struct Substituted<Subject: DifferentiableSubject>: DifferentiableSubject {
  private let subject: Subject
  private let answers: Answers<Double>

  init(_ subject: Subject, gradients: Answers<Double>) {
    self.subject = subject
    answers = gradients
  }

  var problem: Case<Double> { subject.problem }
  var changesAtOnce: Int { subject.changesAtOnce }
  func losses(of changes: [Change]) throws -> [Double] { try subject.losses(of: changes) }
  func gradients() throws -> Answers<Double> { answers }
}
