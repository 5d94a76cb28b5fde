import Conformance
import GoldenFixtures
import Tensors

/// What became of a mutant in one arithmetic.
public struct MutantResult: Sendable {
  /// Whether the suite sees that it is wrong.
  public enum Fate: String, Sendable, Codable, CaseIterable {
    /// A check departs.
    case killed
    /// No check departs, and it is not known to be right.
    case survived
    /// It is right: another way to write the same.
    case equivalent
    /// Its change lies below the detection limit of every element: twice the tolerance.
    case belowLimit = "below_limit"
  }

  /// What showed that a mutant is wrong.
  public struct Killer: Sendable {
    /// The case.
    public let goldenCase: String
    /// The check.
    public let check: Check
    /// Whether the mutant failed to answer.
    public let isError: Bool
    /// What the report of the case names as the first fault; nil where it names nothing.
    public let named: Quantity?
    /// The step that it names.
    public let step: Int?
    /// Whether the named signal or gradient is one that the change made wrong; nil where the change is in
    /// none.
    public let namesRightPlace: Bool?
    /// Whether the named step is the first at which a signal differs; nil where values are not wrong.
    public let namesRightStep: Bool?
  }

  /// The formulation.
  public let formulation: String
  /// The mutant.
  public let mutant: Mutant
  /// The arithmetic.
  public let precision: Precision
  /// What became of it.
  public let fate: Fate
  /// What killed it.
  public let killer: Killer?
}

/// The smallest change of a series that the suite sees in one arithmetic.
public struct SweepResult: Sendable {
  /// The formulation.
  public let formulation: String
  /// The name of the series: that of its mutants without the size.
  public let series: String
  /// The arithmetic.
  public let precision: Precision
  /// The smallest size among the powers of ten from 0.01 down to which every one is detected; nil where not
  /// even 0.01 is.
  public let smallest: Double?
}
