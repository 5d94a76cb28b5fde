import GoldenFixtures
import Tensors

/// A kind of check.
public enum Check: String, Hashable, Sendable, Codable, CaseIterable {
  /// One exact step from the subject's own signals, at every step.
  case forwardStep = "forward-step"
  /// One exact step backward from the subject's own gradients of signals, at every step.
  case backwardStep = "backward-step"
  /// Every signal and final state against the goldens.
  case values
  /// Every gradient against the goldens.
  case gradients
  /// Every gradient against finite differences of the subject's own forward pass.
  case differences
  /// Upstream gradients scaled and added scale and add the gradients; the same call gives the same bits.
  case linearity
  /// No call changes what it was given or has given before, and none depends on the calls before it.
  case aliasing
  /// NaN and infinity in an input reach what depends on it, and nothing else.
  case propagation
}

/// What became of a check.
public enum Verdict: String, Hashable, Sendable, Codable {
  /// Everything lies within its tolerance.
  case conforms
  /// In 16 bits, everything lies within its tolerance, and something beyond what roundings are likely to do.
  case suspect
  /// Something does not lie within its tolerance.
  case departs
  /// The subject does not offer what the check needs.
  case notOffered = "not_offered"
  /// The subject failed to answer.
  case error
}

/// One element of a quantity with its error.
public struct Deviation: Hashable, Sendable {
  /// The quantity.
  public let quantity: Quantity
  /// The element's position, row-major.
  public let index: Int
  /// The same by axis.
  public let position: [Int]
  /// What the subject says.
  public let found: Double
  /// What is right.
  public let expected: Double
  /// The tolerance.
  public let tolerance: Double
  /// The error from which on it is suspect within its tolerance; nil where only the tolerance counts.
  public var suspicion: Double?

  /// The error; infinite where the subject's number is not one.
  public var error: Double { element.error }

  /// The error in tolerances.
  public var ratio: Double { element.ratio }

  /// Whether it is a failure.
  public var departs: Bool { element.departs }

  /// Whether it is no failure, and larger than roundings are likely to make it.
  public var isSuspect: Bool { element.isSuspect }

  private var element: ElementError {
    ElementError(found: found, expected: expected, tolerance: tolerance, suspicion: suspicion)
  }

  /// The error in units in the last place of what is right, in an arithmetic; of the smallest normal number
  /// where what is right is nearer to zero.
  public func ulps(in precision: Precision) -> Double {
    error / precision.ulp(of: expected)
  }

  /// The step, for a quantity that has one for each.
  public var step: Int? {
    quantity.hasSteps ? position.first : nil
  }
}

/// The result of one check on one case.
public struct CheckResult: Sendable {
  /// The formulation.
  public let formulation: String
  /// The case.
  public let goldenCase: String
  /// The check.
  public let check: Check
  /// The arithmetic.
  public let precision: Precision
  /// What became of it.
  public let verdict: Verdict
  /// The first element that departs, by step and then by signal; the first suspect one where none does, and
  /// the worst one where all conform.
  public let deviation: Deviation?
  /// How many elements depart.
  public let failures: Int
  /// How many elements are suspect.
  public var suspects = 0
  /// How many elements were looked at.
  public let elements: Int
  /// The largest error over tolerance.
  public let worstRatio: Double
  /// How accurate the activations had to be taken to be.
  public let activations: ActivationClass
  /// What is to be said about it in words: an error, a note; empty if nothing.
  public let message: String
  /// The bug classes that the case reveals.
  public let flags: [BugClass]
  /// The element of the largest error over tolerance; nil where none was looked at.
  public var worst: Deviation?
}
