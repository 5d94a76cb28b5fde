import Oracle

/// What a subject's arithmetic may lose at one rounding of each kind.
public struct ArithmeticModel: Hashable, Sendable {
  /// u, the unit roundoff of what is computed and added up.
  public let accumulation: Double
  /// u_s, the unit roundoff of the tensors that are stored or reported.
  public let storage: Double
  /// η, what an operation may lose below the smallest normal number.
  public let underflow: Double
  /// How much the first order is raised to cover the higher ones.
  public let higherOrders: Double
  /// Whether scaling by a power of two changes nothing but exponents, in cases of moderate numbers.
  public let scalesExactly: Bool

  /// Computed and stored in one precision.
  public init(_ precision: Precision) {
    accumulation = precision.unitRoundoff
    storage = precision.unitRoundoff
    underflow = precision.smallestNormal
    higherOrders = Reference.secondOrderFactor
    scalesExactly = true
  }

  /// Computed in float32, stored in 16 bits.
  ///
  /// A roundoff of 2^−9 to 2^−12 is no infinitesimal: twice the first order covers the rest in unsaturated
  /// cases.
  ///
  /// - Parameters:
  ///   - storage: u_s.
  ///   - underflow: what storing may lose near zero; float32's own loss is in it.
  ///   - scalesExactly: whether the exponents reach far enough for scaled gradients.
  public init(storage: Double, underflow: Double, scalesExactly: Bool) {
    accumulation = Precision.float32.unitRoundoff
    self.storage = storage
    self.underflow = max(underflow, Precision.float32.smallestNormal)
    higherOrders = 2
    self.scalesExactly = scalesExactly
  }
}
