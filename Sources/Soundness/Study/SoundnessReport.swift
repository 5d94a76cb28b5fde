import Conformance
import GoldenFixtures

/// What became of many right evaluations.
public struct SoundnessReport: Sendable {
  /// Tolerance ÷ error: the median over elements, then over variants and cases that are not saturated.
  public struct Slack: Hashable, Sendable {
    /// Against the error of one evaluation.
    public let one: Double
    /// Against the worst error of all evaluations.
    public let all: Double
  }

  /// A formulation in one arithmetic.
  public struct Row: Sendable {
    /// The formulation.
    public let formulation: String
    /// The arithmetic.
    public let arithmetic: StudiedArithmetic
    /// How many evaluations were made, and how many checks of them.
    public let evaluations, checks: Int
    /// How many evaluations were flagged.
    public let flagged: Int
    /// Where that error is.
    public let worst: CheckResult?
    /// Of values; nil where no case has been measured.
    public let values: Slack?
    /// Of gradients.
    public let gradients: Slack?

    /// The largest error over tolerance of any check.
    public var worstRatio: Double { worst?.worstRatio ?? 0 }
  }

  /// A right evaluation that a check flagged.
  public struct Alarm: Sendable {
    /// The evaluation, in words.
    public let variant: String
    /// The arithmetic.
    public let arithmetic: StudiedArithmetic
    /// What the check says.
    public let result: CheckResult
  }

  /// By formulation and arithmetic, in the order in which they were studied.
  public let rows: [Row]
  /// What was flagged.
  public let alarms: [Alarm]

  /// Whether no right evaluation was flagged.
  public var isSound: Bool { alarms.isEmpty }
}
