import Tensors

/// An implementation that answers a case at a time: every change is a run of the whole case.
public struct PlainSubject: DifferentiableSubject {
  /// The case at which the implementation is differentiated.
  public let problem: Case<Double>
  /// The parameters that are given once and for all, and so have no gradient.
  public let constants: Set<String>
  private let loss: Loss
  private let forward: @Sendable (Case<Double>) throws -> Answers<Double>
  private let backward: @Sendable (Case<Double>) throws -> Answers<Double>

  /// An implementation at a case.
  ///
  /// - Parameters:
  ///   - problem: the case.
  ///   - constants: the parameters without a gradient.
  ///   - forward: the signals [T,B,H] and final states [B,H] that have cotangents, of any case of the same
  ///     shapes; called from several threads at once.
  ///   - backward: the gradients of every other parameter, the inputs and the initial states.
  /// - Throws: `GradientCheckError` when the tensors of the case do not fit one another.
  public init(
    at problem: Case<Double>, constants: Set<String> = [],
    forward: @escaping @Sendable (Case<Double>) throws -> Answers<Double>,
    backward: @escaping @Sendable (Case<Double>) throws -> Answers<Double>
  ) throws {
    try problem.checkShapes()
    self.problem = problem
    self.constants = constants
    self.loss = Loss(of: problem)
    self.forward = forward
    self.backward = backward
  }

  /// The changes of a few numbers.
  public var changesAtOnce: Int { 64 }

  /// The loss of the whole batch after each change.
  ///
  /// - Throws: what `forward` throws, `GradientCheckError` when a signal that has a cotangent is missing or
  ///   of the wrong shape, or the case has no number that a change names.
  public func losses(of changes: [Change]) throws -> [Double] {
    try changes.map { change in
      try problem.check(change)
      var changed = problem
      changed[change.quantity]?[change.index] += change.delta
      let answers = try forward(changed)
      return try loss.values(columns: Array(0..<problem.batch.batch)) { answers[$0] }.reduce(0, +)
    }
  }

  /// The gradients that `backward` returns.
  ///
  /// - Throws: what `backward` throws.
  public func gradients() throws -> Answers<Double> { try backward(problem) }
}
