import Oracle
import Synchronization
import Tensors

/// What is right of one case under each of its poisons, found once for all arithmetics.
package final class PoisonedAnswers: Sendable {
  /// What is right under one poison.
  struct Right: Sendable {
    /// How far it reaches.
    let reach: [Quantity: [Reach]]
    /// The answers of the equations as they are written.
    let direct: Answers<Double>
  }

  private let found = Mutex<[String: Right]>([:])

  /// Nothing found yet.
  package init() {}

  /// What is right under a poison of the case.
  ///
  /// - Throws: `OracleError` when the case does not fit the formulation.
  func right(under poison: Poison, by reference: Reference) throws(OracleError) -> Right {
    if let known = found.withLock({ $0[poison.label] }) { return known }
    let right = Right(
      reach: try reference.reach(of: poison.problem),
      direct: try reference.answers(to: poison.problem, in: Double.self))
    found.withLock { $0[poison.label] = right }
    return right
  }
}
