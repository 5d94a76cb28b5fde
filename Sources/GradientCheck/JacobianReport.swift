import Tensors

/// What a check of a full Jacobian found.
public struct JacobianReport: Hashable, Sendable {
  /// One entry: an output of a sequence by a number.
  public struct Entry: Hashable, Sendable {
    /// The sequence's place in the batch.
    public let element: Int
    /// The output's tensor; nil for the sum of all outputs, whose gradient is compared with the sum of
    /// theirs.
    public let output: Quantity?
    /// The position [T,H] or [H] of the output in the sequence's tensor, row-major.
    public let outputIndex: Int
    /// The number's tensor.
    public let quantity: Quantity
    /// The position of the number in the sequence's tensor, row-major.
    public let index: Int
    /// g, by the backward pass.
    public let analytic: Double
    /// D, by differences of the forward pass; of the sum of all outputs the sum of their rows.
    public let difference: Double
    /// How far D may be from a right g.
    public let acceptance: Double

    /// |g − D| ÷ acceptance: at most 1 for a right entry, infinite where either is not a number.
    public var ratio: Double {
      guard analytic != difference else { return 0 }
      let ratio = (analytic - difference).magnitude / acceptance
      return ratio.isNaN ? .infinity : ratio
    }
  }

  /// How many entries were compared: of every number those of the outputs from its own step on.
  public internal(set) var entries = 0
  /// How many are wrong.
  public internal(set) var failures = 0
  /// How many columns went forward: the numbers of every sequence, times the points of the stencil.
  public internal(set) var evaluations = 0
  /// The entry furthest from its difference, in acceptances; nil where there is none.
  public internal(set) var worst: Entry?

  /// Whether some entry is wrong.
  public var departs: Bool { failures > 0 }

  /// Adds the verdict on one entry.
  mutating func add(_ entry: Entry) {
    if !(entry.ratio <= 1) { failures += 1 }
    keep(entry)
  }

  mutating func add(_ other: JacobianReport) {
    entries += other.entries
    failures += other.failures
    evaluations += other.evaluations
    if let worst = other.worst { keep(worst) }
  }

  private mutating func keep(_ entry: Entry) {
    if entry.ratio > worst?.ratio ?? -1 { worst = entry }
  }
}
