import RecurrentCells
import Tensors

/// A loss of the outputs of a batch of sequences, with the gradient that a backward pass starts from.
///
/// Outputs and targets in the padding are not looked at, and the gradient there is +0.
public struct SequenceLoss: Hashable, Sendable {
  /// The loss of one prediction.
  public let function: LossFunction
  /// Which outputs count.
  public let steps: LossSteps
  /// How the predictions are put together.
  public let reduction: LossReduction

  /// A loss.
  public init(_ function: LossFunction, of steps: LossSteps, reduction: LossReduction) {
    self.function = function
    self.steps = steps
    self.reduction = reduction
  }

  /// What a loss is, and what it passes back.
  public struct Evaluation<Scalar: CellScalar>: Hashable, Sendable {
    /// E; not finite where an output is not, or where a softmax is 0 at its target.
    public let value: Scalar
    /// ∂E/∂output, of the outputs' shape: what goes into `Upstream.sequence`.
    public let upstream: Tensor<Scalar>
    /// N, the number of predictions.
    public let predictions: Int
  }

  /// The loss of a batch of outputs.
  ///
  /// - Parameters:
  ///   - outputs: what a cell or a readout computed, [T,B,O] or [1,B,O] as `steps` says.
  ///   - targets: what is expected, of the shape that `steps` says; a one-hot vector names a class.
  ///   - lengths: how many steps of each batch element are its own; nil where all T are.
  /// - Throws: `TrainingError` where shapes or lengths do not fit, or a target is not finite or, in a
  ///   cross-entropy, negative.
  public func evaluate<Scalar>(
    _ outputs: Tensor<Scalar>, targets: Tensor<Scalar>, lengths: [Int]?
  ) throws(TrainingError) -> Evaluation<Scalar> {
    let lengths = try checkedLengths(lengths, of: outputs, targets)
    let predictions = steps.predictions(rows: outputs.shape[0], lengths: lengths)
    let divisor = reduction == .mean ? Scalar(max(predictions.count, 1)) : 1
    let (batch, units) = (outputs.shape[1], outputs.shape[2])
    var upstream = Tensor<Scalar>(zeros: outputs.shape)
    let zeros = [Scalar](repeating: 0, count: units)
    var sum = Scalar.zero
    for prediction in predictions {
      let place = (prediction.step * batch + prediction.element) * units
      let targetPlace = (prediction.targetStep * batch + prediction.element) * units
      let target = targets.scalars[targetPlace..<targetPlace + units]
      try check(target, of: prediction)
      var gradient = zeros[...]
      sum += function(outputs.scalars[place..<place + units], target, gradient: &gradient)
      for k in 0..<units { upstream[place + k] = gradient[k] / divisor }
    }
    return Evaluation(
      value: sum / divisor, upstream: upstream, predictions: predictions.count)
  }
}

extension SequenceLoss {
  /// The lengths of all elements, once everything fits.
  private func checkedLengths<Scalar>(
    _ lengths: [Int]?, of outputs: Tensor<Scalar>, _ targets: Tensor<Scalar>
  ) throws(TrainingError) -> [Int] {
    let shape = outputs.shape
    guard shape.count == 3, steps != .single || shape[0] == 1 else {
      throw TrainingError(
        code: .shape, name: "outputs",
        message: "found \(shape), expected \(steps == .single ? "[1,B,O]" : "[T,B,O]")")
    }
    let expected = [steps == .every ? shape[0] : 1, shape[1], shape[2]]
    guard targets.shape == expected else {
      throw TrainingError(
        code: .shape, name: "targets", message: "found \(targets.shape), expected \(expected)")
    }
    let own = lengths ?? [Int](repeating: shape[0], count: shape[1])
    guard own.count == shape[1] else {
      throw TrainingError(
        code: .length, name: "lengths",
        message: "found \(own.count) lengths, expected one for each of \(shape[1]) sequences")
    }
    // An output of the last state alone does not tell T.
    let longest = steps == .single ? Int.max : shape[0]
    if let element = own.indices.first(where: { !(0...longest ~= own[$0]) }) {
      throw TrainingError(
        code: .length, name: "lengths",
        message: "found \(own[element]) for sequence \(element), expected 0…\(longest)")
    }
    return own
  }

  private func check<Scalar: CellScalar>(
    _ target: ArraySlice<Scalar>, of prediction: Prediction
  ) throws(TrainingError) {
    let least = function.hasDistributionTargets ? 0 : -Scalar.greatestFiniteMagnitude
    for y in target where !(least...Scalar.greatestFiniteMagnitude ~= y) {
      throw TrainingError(
        code: .target, name: "targets",
        message: "found \(y) for sequence \(prediction.element) at step \(prediction.targetStep),"
          + " expected a finite number\(function.hasDistributionTargets ? " from 0" : "")")
    }
  }
}
