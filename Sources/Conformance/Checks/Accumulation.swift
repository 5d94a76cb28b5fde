import Oracle
import Tensors

/// What a 16-bit subject adds up in.
public enum Accumulation: String, Hashable, Sendable, CaseIterable {
  /// Dot products, sums over time and all else between two stored tensors are float32.
  case float32
  /// Every operation rounds to what tensors are stored in.
  case storage
}

extension ArithmeticModel {
  /// Computed in a precision, or stored in it and added up in float32.
  ///
  /// In 16 bits twice the first order covers the higher ones, in unsaturated cases.
  ///
  /// - Parameter accumulation: of no effect in float64 and float32.
  public init(_ precision: Precision, accumulation: Accumulation) {
    guard precision.isSixteenBit else {
      self.init(precision)
      return
    }
    self.init(
      accumulation: accumulation == .float32
        ? Precision.float32.unitRoundoff : precision.unitRoundoff,
      storage: precision.unitRoundoff, underflow: precision.smallestNormal, higherOrders: 2,
      scalesExactly: precision == .bfloat16)
  }

  private init(
    accumulation: Double, storage: Double, underflow: Double, higherOrders: Double,
    scalesExactly: Bool
  ) {
    self.accumulation = accumulation
    self.storage = storage
    self.underflow = underflow
    self.higherOrders = higherOrders
    self.scalesExactly = scalesExactly
  }

  /// Whether the worst case lies so far above what is likely that an error between them is suspect.
  var isSixteenBit: Bool { storage > Precision.float32.unitRoundoff }
}

extension Tolerance {
  /// What the errors of a right 16-bit subject hardly ever exceed: four times the root of the sum of squares
  /// of all roundings, each at the storage's unit roundoff; nil in other arithmetics, and without scales.
  ///
  /// - Parameters:
  ///   - scale: the scales of a quantity, the kinds in front.
  ///   - count: how many elements the quantity has.
  func suspicion(_ scale: Tensor<Float>?, of count: Int) -> Grading.Bound? {
    guard model.isSixteenBit, let scale else { return nil }
    return { index, expected in
      func share(_ kind: RoundingKind) -> Double { Double(scale[kind.rawValue * count + index]) }
      let likely = 4 * model.storage * share(.rms)
      return likely + model.underflow * share(.underflow) + expected.ulp / 2
    }
  }
}
