import RecurrentCells
import Tensors

/// Gradient descent: θ ← θ − η · g, with η the learning rate and g the gradient after clipping.
public struct GradientDescent: Hashable, Sendable {
  /// η.
  public let learningRate: Double
  /// How gradients are clipped; nil where they are not.
  public let clipping: GradientClipping?

  /// Gradient descent.
  ///
  /// - Throws: `TrainingError` where the learning rate is not a finite number above zero, or the
  ///   threshold of the clipping is not above zero.
  public init(learningRate: Double, clipping: GradientClipping?) throws(TrainingError) {
    guard learningRate > 0, learningRate.isFinite else {
      throw TrainingError(
        code: .setting, name: "learning rate",
        message: "found \(learningRate), expected a finite number above zero")
    }
    if let threshold = clipping?.threshold, !(threshold > 0) {
      throw TrainingError(
        code: .setting, name: "threshold",
        message: "found \(threshold), expected a number above zero")
    }
    self.learningRate = learningRate
    self.clipping = clipping
  }

  /// What one step left.
  public struct Step<Scalar: CellScalar>: Hashable, Sendable {
    /// The parameters after it.
    public let parameters: [String: Tensor<Scalar>]
    /// ‖g‖ before clipping; infinite where an element was that clipping made finite.
    public let gradientNorm: Scalar
    /// How many elements of the gradient were clipped.
    public let clippedElements: Int
  }

  /// One step.
  ///
  /// - Parameters:
  ///   - parameters: θ by name.
  ///   - gradients: ∂E/∂θ by name; a parameter without one is a constant and stays.
  ///   - ranges: where a parameter's elements must stay, by name; the nearer end is taken of what
  ///     leaves it.
  /// - Throws: `TrainingError` where a gradient is not finite, unless clipping element by element makes
  ///   it so, belongs to no parameter or has another shape.
  public func step<Scalar>(
    from parameters: [String: Tensor<Scalar>], along gradients: [String: Tensor<Scalar>],
    within ranges: [String: ClosedRange<Scalar>] = [:]
  ) throws(TrainingError) -> Step<Scalar> {
    for (name, gradient) in gradients.sorted(by: { $0.key < $1.key })
    where parameters[name]?.shape != gradient.shape {
      throw TrainingError(
        code: .parameter, name: name,
        message: "a gradient of the shape \(gradient.shape) for a parameter of "
          + (parameters[name].map { "\($0.shape)" } ?? "which there is none"))
    }
    let clipped = try clipping?.clip(gradients)
    let used = clipped?.gradients ?? gradients
    try GradientClipping.requireFinite(used)
    let η = Scalar(learningRate)
    var moved = parameters
    for (name, gradient) in used {
      moved[name]?.withUnsafeMutableScalars { θ in
        gradient.withUnsafeScalars { g in
          for k in θ.indices { θ[k] -= η * g[k] }
        }
        guard let range = ranges[name] else { return }
        for k in θ.indices { θ[k] = min(max(θ[k], range.lowerBound), range.upperBound) }
      }
    }
    return Step(
      parameters: moved, gradientNorm: GlobalNorm(of: gradients).value,
      clippedElements: clipped?.clippedElements ?? 0)
  }
}
