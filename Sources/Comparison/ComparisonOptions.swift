import Equations

/// The numbers that a comparison is made with.
public struct ComparisonOptions: Hashable, Sendable {
  /// I, H and O for the counts and for what is measured; where an equation needs I = H, H serves for I.
  public var sizes: Sizes
  /// T of what is measured, at least 1.
  public var steps: Int
  /// The seed of the numbers.
  public var seed: UInt64

  /// Options.
  public init(
    sizes: Sizes = Sizes(input: 5, hidden: 8, output: 4), steps: Int = 16, seed: UInt64 = 1
  ) {
    self.sizes = sizes
    self.steps = steps
    self.seed = seed
  }
}
