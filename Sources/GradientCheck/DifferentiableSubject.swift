import Tensors

/// What a gradient check needs of an implementation: its losses near a case, and its gradients there.
///
/// The loss is E = Σ upstream · signal over the steps that each sequence owns, plus the same over the
/// final states. Calls come from several threads at once.
public protocol DifferentiableSubject: Sendable {
  /// The case at which it is differentiated.
  var problem: Case<Double> { get }

  /// The parameters that are given once and for all, and so have no gradient.
  var constants: Set<String> { get }

  /// How many changes one call of `losses` should be given at most, so that its memory stays bounded.
  var changesAtOnce: Int { get }

  /// The loss of the case after each change by itself.
  ///
  /// A part of the loss that a change cannot reach may be left out, as long as it is left out for every
  /// change of the same number: only differences are used.
  ///
  /// - Parameter changes: changes of numbers that the case has.
  /// - Returns: one loss for each change, in their order.
  func losses(of changes: [Change]) throws -> [Double]

  /// The gradients of the loss by the subject's own backward pass.
  ///
  /// - Returns: at least `.parameter(name)` for every parameter that is no constant, `.inputs("x")` and
  ///   `.initial(state)` for every state of the case, each of the shape of what it is the gradient of.
  func gradients() throws -> Answers<Double>
}

extension DifferentiableSubject {
  /// None: every parameter is learned.
  public var constants: Set<String> { [] }
}

/// One number of a case, moved.
public struct Change: Hashable, Sendable {
  /// The tensor, named as its gradient: a parameter, the inputs or an initial state.
  public let quantity: Quantity
  /// The position of the number in the tensor, row-major.
  public let index: Int
  /// What is added to the number.
  public let delta: Double

  /// A change of one number.
  public init(quantity: Quantity, index: Int, delta: Double) {
    self.quantity = quantity
    self.index = index
    self.delta = delta
  }
}
