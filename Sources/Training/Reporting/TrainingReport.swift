import Foundation

/// The loss after a number of steps, and the step that was taken from there.
public struct CurvePoint: Hashable, Sendable {
  /// How many steps were taken before.
  public let step: Int
  /// The mean loss over all predictions.
  public let loss: Double
  /// ‖g‖ before clipping; nil after the last step, where none was computed.
  public let gradientNorm: Double?
  /// How many elements of the gradient were clipped.
  public let clippedElements: Int
}

/// How training went.
public struct TrainingReport: Sendable {
  /// A question and its answer, in words.
  public struct Demonstration: Hashable, Sendable {
    /// What went in.
    public let prompt: String
    /// What may come next: more than one answer where what was trained on goes on in several ways.
    public let expected: [String]
    /// What came out.
    public let answer: String
    /// With which probability.
    public let probability: Double

    /// Whether the answer is among those expected.
    public var isRight: Bool { expected.contains(answer) }
  }

  /// What became of the loss.
  public enum Outcome: String, Hashable, Sendable {
    /// It fell below what is possible from the last symbol alone: something is carried.
    case carries
    /// It fell, but not below that.
    case fell
    /// It did not fall.
    case didNotFall = "did-not-fall"
  }

  /// What was trained and how.
  public let session: TrainingSession
  /// The loss after 0 steps, 1 step and so on to all of them.
  public let curve: [CurvePoint]
  /// The share of right answers among those that were trained on.
  public let accuracy: Double
  /// The same among those held out; nil where there are none.
  public let heldOutAccuracy: Double?
  /// The mean loss over those held out; nil where there are none.
  public let heldOutLoss: Double?
  /// What the loss is measured against.
  public let yardsticks: Yardsticks
  /// A few questions and answers.
  public let demonstrations: [Demonstration]

  /// The loss before the first step.
  public var firstLoss: Double { curve.first?.loss ?? .nan }
  /// The loss after the last step.
  public var lastLoss: Double { curve.last?.loss ?? .nan }

  /// e to the mean cross-entropy: among how many equally likely answers the model wavers.
  ///
  /// Nil where the loss is none.
  public var perplexity: Double? {
    session.placement.kind == .yesNo ? nil : exp(lastLoss)
  }

  /// What became of the loss.
  public var outcome: Outcome {
    guard lastLoss < firstLoss else { return .didNotFall }
    return lastLoss < yardsticks.withoutMemory ? .carries : .fell
  }
}
