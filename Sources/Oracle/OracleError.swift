/// A case that the oracle cannot answer.
public struct OracleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Sendable {
    /// A tensor is missing from the case, or one is there that the formulation does not have.
    case names
    /// A tensor of the case has the wrong shape.
    case shape
    /// A length lies outside 0…T.
    case length
    /// A number of the case is infinite or not a number.
    case notFinite
    /// A number that must lie between 0 and 1 does not.
    case range
    /// The ball of an element does not decide its rounding at the highest precision.
    case undecided
    /// A gradient is not what central differences of the forward equations give.
    case unconfirmed
    /// Rounding errors grow faster than their first order allows for.
    case secondOrder
    /// The equations use something that the oracle does not evaluate.
    case unsupported
  }

  /// What is wrong.
  public let code: Code
  /// The same in words: what was found, what was expected, what to do.
  public let message: String
  /// The identifier of the formulation.
  public let formulation: String
  /// The tensor and the element at fault, as far as there is one.
  public let place: String?

  /// An error about a case.
  public init(code: Code, message: String, formulation: String, place: String? = nil) {
    self.code = code
    self.message = message
    self.formulation = formulation
    self.place = place
  }

  /// The formulation, the place and what is wrong.
  public var description: String {
    "\(formulation): \(place.map { "\($0): " } ?? "")\(message)"
  }
}
