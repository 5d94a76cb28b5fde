import Conformance
import RecurrentCells

/// How an example is trained.
public struct TrainingSettings: Hashable, Sendable {
  /// How many steps of gradient descent, each over all samples.
  public var steps: Int
  /// η.
  public var learningRate: Double
  /// How gradients are clipped; nil where they are not.
  public var clipping: GradientClipping?
  /// Where backpropagation through time is cut; nil for whole sequences.
  public var truncation: Truncation?
  /// H.
  public var hiddenSize: Int
  /// The seed of the initial parameters.
  public var seed: UInt64
  /// Which share of a state the gates that carry it keep at first.
  public var carriedShare: Double
  /// The arithmetic.
  public var precision: Precision

  /// Settings.
  public init(
    steps: Int, learningRate: Double, clipping: GradientClipping?,
    truncation: Truncation? = nil, hiddenSize: Int,
    seed: UInt64 = 1, carriedShare: Double, precision: Precision = .float64
  ) {
    self.steps = steps
    self.learningRate = learningRate
    self.clipping = clipping
    self.truncation = truncation
    self.hiddenSize = hiddenSize
    self.seed = seed
    self.carriedShare = carriedShare
    self.precision = precision
  }
}
