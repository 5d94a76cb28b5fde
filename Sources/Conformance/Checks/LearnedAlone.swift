import GradientCheck
import Tensors

/// A subject whose constants no loss is differentiated by; it computes with them all the same.
struct LearnedAlone: DifferentiableSubject {
  private let base: any DifferentiableSubject
  /// The case without the constants.
  let problem: Case<Double>

  init(_ base: any DifferentiableSubject, constants: Set<String>) {
    self.base = base
    var problem = base.problem
    for name in constants { problem.parameters[name] = nil }
    self.problem = problem
  }

  var changesAtOnce: Int { base.changesAtOnce }

  func losses(of changes: [Change]) throws -> [Double] { try base.losses(of: changes) }

  func gradients() throws -> Answers<Double> { try base.gradients() }
}
