import RecurrentCells
import Tensors

/// A cell, with a readout where its own outputs do not serve, and the loss of what it answers.
public struct Model<Cell: ComposableCell>: Sendable {
  /// Float or Double.
  public typealias Scalar = Cell.Scalar

  /// What the loss is taken of.
  public let placement: LossPlacement
  /// The loss.
  public let loss: SequenceLoss
  /// Every parameter by name: the cell's by the document's, the readout's as `readout/V` and `readout/c`.
  public var parameters: [String: Tensor<Scalar>]

  /// A model of given parameters.
  public init(
    _ cell: Cell.Type, placement: LossPlacement, parameters: [String: Tensor<Scalar>]
  ) {
    self.placement = placement
    self.loss = placement.loss
    self.parameters = parameters
  }

  /// The outputs that the loss is taken of: probabilities, logits or a yes, [T,B,O] or [1,B,O].
  ///
  /// - Throws: `CellError` where the parameters or the batch do not fit the cell, `TrainingError` where
  ///   the cell has no such signal.
  public func outputs(for batch: SequenceBatch<Scalar>) throws -> Tensor<Scalar> {
    let signal = try signal(of: makeCell().forward(batch))
    return try readout?.logits(of: signal) ?? signal
  }

  /// The loss of a lesson.
  ///
  /// - Throws: `CellError` and `TrainingError` where the lesson does not fit the model.
  public func loss(of lesson: Lesson<Scalar>) throws -> Scalar {
    try loss.evaluate(
      outputs(for: lesson.batch), targets: lesson.targets, lengths: lesson.batch.lengths
    ).value
  }

  /// The loss of a lesson and its gradient with respect to every parameter that is no constant.
  ///
  /// - Parameters:
  ///   - lesson: the batch and its targets.
  ///   - truncation: where backpropagation is cut, after which the gradients are no longer those of the
  ///     loss; nil for whole sequences.
  /// - Throws: `CellError` and `TrainingError` where the lesson does not fit the model.
  public func gradients(
    on lesson: Lesson<Scalar>, truncation: Truncation?
  ) throws -> (loss: Scalar, gradients: [String: Tensor<Scalar>]) {
    let cell = try makeCell()
    let trace = try cell.forward(lesson.batch)
    let signal = try signal(of: trace)
    let readout = try readout
    let found = try loss.evaluate(
      try readout?.logits(of: signal) ?? signal, targets: lesson.targets,
      lengths: lesson.batch.lengths)
    let through = readout?.back(found.upstream, signal)
    let upstream = Upstream(
      sequence: [placement.signal.name: through?.hidden ?? found.upstream], final: [:])
    var gradients = try cell.backward(trace, upstream: upstream, truncation: truncation)
      .parameters
    for (name, gradient) in through?.parameters ?? [:] {
      gradients[Self.readoutPrefix + name] = gradient
    }
    return (found.value, gradients)
  }
}

extension Model {
  static var readoutPrefix: String { "readout/" }

  private func makeCell() throws(CellError) -> Cell {
    try Cell(ParameterSet(parameters.filter { !$0.key.hasPrefix(Self.readoutPrefix) }))
  }

  private var readout: Readout<Scalar>? {
    get throws {
      guard placement.kind == .readout else { return nil }
      let names = ["V", "c"].map { Self.readoutPrefix + $0 }
      guard let V = parameters[names[0]], let c = parameters[names[1]] else {
        throw TrainingError(
          code: .parameter, name: names.joined(separator: " and "),
          message: "the model has no such parameters, expected them for its readout")
      }
      return try Readout(V: V, c: c)
    }
  }

  private func signal(of trace: Cell.Trace) throws(TrainingError) -> Tensor<Scalar> {
    guard let signal = trace.signals[placement.signal.name] else {
      throw TrainingError(
        code: .output, name: placement.signal.name, message: "the cell has no such signal")
    }
    return signal
  }
}
