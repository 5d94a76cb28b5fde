import Oracle
import Tensors

/// How accurate a subject's activations are.
public enum ActivationClass: String, Hashable, Sendable, Codable {
  /// Within k ulp of the exact value.
  case relative
  /// Within k·2u·max(1,|s|): σ through tanh is no better for large negative arguments.
  case absolute
}

/// The tolerance of each element of a quantity, derived from its rounding scales.
///
/// ```
/// 1.1 (u·arithmetic + 2k·u·activation + u_s·storage + η·underflow) + ulp(y)/2
/// ```
public struct Tolerance: Sendable {
  /// k: what well-made activations keep, in ulp of their result.
  public static let activationUlps = 4.0

  let model: ArithmeticModel
  private let activations: ActivationClass

  /// The tolerance of a subject that computes and stores in one precision.
  public init(_ precision: Precision, activations: ActivationClass) {
    self.init(ArithmeticModel(precision), activations: activations)
  }

  /// The tolerance of a subject of some arithmetic.
  public init(_ model: ArithmeticModel, activations: ActivationClass) {
    self.model = model
    self.activations = activations
  }

  /// The tolerance of one element.
  ///
  /// - Parameters:
  ///   - scale: the scales of its quantity, the kinds in front.
  ///   - index: its position in the quantity.
  ///   - count: how many elements the quantity has.
  ///   - expected: its golden.
  public func tolerance(
    _ scale: Tensor<Float>, at index: Int, of count: Int, expected: Double
  ) -> Double {
    func share(_ kind: RoundingKind) -> Double { Double(scale[kind.rawValue * count + index]) }
    let u = model.accumulation
    let activation =
      activations == .relative ? share(.activationRelative) : share(.activationAbsolute)
    let sum =
      u * share(.arithmetic) + 2 * Self.activationUlps * u * activation + model.storage
      * share(.storage)
      + model.underflow * share(.underflow)
    return model.higherOrders * sum + expected.ulp / 2
  }

  /// The tolerances of the elements of a quantity; 0 where there are no scales.
  package func bound(_ scale: Tensor<Float>?, of count: Int) -> Grading.Bound {
    guard let scale else { return { _, _ in 0 } }
    return { tolerance(scale, at: $0, of: count, expected: $1) }
  }

  /// The tolerance of an activation's value by itself, its argument exact.
  func tolerance(ofActivation value: Double) -> Double {
    let size = activations == .relative ? value.magnitude : max(1, value.magnitude)
    let sum =
      2 * Self.activationUlps * model.accumulation * size + model.storage * value.magnitude
      + model.underflow
    return model.higherOrders * sum
  }
}
