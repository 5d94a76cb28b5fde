import Tensors

/// What becomes of a case on its way to right equations, and of their answers on the way back.
struct Handling: Sendable {
  /// Answers with their rounding scales.
  struct Result: Sendable {
    var answers: Answers<Double>
    var scales: Answers<Float>
  }

  /// The case that is answered in the place of the one asked.
  var question: @Sendable (Case<Double>) -> Case<Double> = { $0 }
  /// What is said to be the answers to the case asked.
  var answers: @Sendable (Result, Case<Double>) -> Result = { result, _ in result }
}

extension Handling.Result {
  /// Replaces every tensor of some quantities by one of other places' elements.
  ///
  /// - Parameter source: the shape of the new tensor and for each of its elements the old one's position; nil
  ///   for a zero. No result leaves a quantity alone.
  mutating func rearrange(
    _ source: (Quantity, Tensor<Double>) -> (shape: [Int], positions: [Int?])?
  ) {
    for (quantity, tensor) in answers {
      guard let (shape, positions) = source(quantity, tensor) else { continue }
      answers[quantity] = Tensor(shape: shape) { index in
        positions[index].map { tensor[$0] } ?? 0
      }
      guard let scale = scales[quantity], let kinds = scale.shape.first, !positions.isEmpty else {
        continue
      }
      scales[quantity] = Tensor(shape: [kinds] + shape) { index in
        let (kind, element) = index.quotientAndRemainder(dividingBy: positions.count)
        return positions[element].map { scale[kind * tensor.count + $0] } ?? 0
      }
    }
  }

  /// Multiplies some quantities by a factor.
  mutating func scale(_ factor: Double, where isScaled: (Quantity) -> Bool) {
    for (quantity, tensor) in answers where isScaled(quantity) {
      answers[quantity] = tensor.map { $0 * factor }
      scales[quantity] = scales[quantity]?.map { $0 * Float(factor.magnitude) }
    }
  }
}
