import RecurrentCells
import Tensors

/// Gradients kept from exploding, over all the tensors of a gradient at once.
///
/// A threshold of infinity clips nothing.
public enum GradientClipping: Hashable, Sendable {
  /// Every element by itself, as the cs224d notes print it.
  ///
  /// ```
  /// if |g| > threshold: g = threshold if g > 0 else −threshold
  /// ```
  /// An infinite element becomes ±threshold. NaN is no larger than anything and stays.
  case elementwise(threshold: Double)
  /// All elements of all tensors together, by their norm: g ← g · threshold ÷ ‖g‖ where ‖g‖ > threshold.
  ///
  /// ‖g‖ = √Σ g² over every element of every tensor, so that the direction stays. An infinite element
  /// or NaN leaves no direction to keep and is an error.
  case globalNorm(threshold: Double)

  /// The threshold.
  public var threshold: Double {
    switch self {
    case .elementwise(let threshold), .globalNorm(let threshold): threshold
    }
  }

  /// Gradients after clipping.
  public struct Clipped<Scalar: CellScalar>: Hashable, Sendable {
    /// The gradients by name, of the shapes they had.
    public let gradients: [String: Tensor<Scalar>]
    /// How many elements lay beyond the threshold; all of them where their norm did.
    public let clippedElements: Int
  }

  /// The gradients after clipping; bit for bit as they were where nothing is beyond the threshold.
  ///
  /// - Throws: `TrainingError` where the threshold is not above zero in the gradients' precision, or a
  ///   global norm is asked of a gradient that is not finite.
  public func clip<Scalar>(
    _ gradients: [String: Tensor<Scalar>]
  ) throws(TrainingError) -> Clipped<Scalar> {
    let threshold = Scalar(threshold)
    guard threshold > 0 else {
      throw TrainingError(
        code: .setting, name: "threshold",
        message: "found \(self.threshold), expected a number above zero")
    }
    switch self {
    case .elementwise:
      let clipped = gradients.mapValues { tensor in
        tensor.map { g in g.magnitude > threshold ? (g > 0 ? threshold : -threshold) : g }
      }
      let count = gradients.values.reduce(0) { sum, tensor in
        sum + tensor.scalars.count { $0.magnitude > threshold }
      }
      return Clipped(gradients: clipped, clippedElements: count)
    case .globalNorm:
      try Self.requireFinite(gradients)
      let norm = GlobalNorm(of: gradients)
      guard norm.exceeds(threshold) else {
        return Clipped(gradients: gradients, clippedElements: 0)
      }
      return Clipped(
        gradients: gradients.mapValues { $0.map { norm.rescaled($0, to: threshold) } },
        clippedElements: gradients.values.map(\.count).reduce(0, +))
    }
  }
  /// Refuses gradients that are not finite.
  static func requireFinite<Scalar>(
    _ gradients: [String: Tensor<Scalar>]
  ) throws(TrainingError) {
    for (name, gradient) in gradients.sorted(by: { $0.key < $1.key }) {
      guard let position = gradient.scalars.firstIndex(where: { !$0.isFinite }) else { continue }
      throw TrainingError(
        code: .gradient, name: name,
        message: "the gradient's element \(position) is \(gradient[position]),"
          + " expected a finite number")
    }
  }
}
