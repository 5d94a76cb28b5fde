import Conformance
import Equations
import RecurrentCells
import Tensors

/// A formulation's own cell, trained on an example by gradient descent over all samples at once.
///
/// The same example, formulation and settings give the same numbers on one machine.
public struct TrainingSession: Sendable {
  /// The example.
  public let example: TrainingExample
  /// The formulation.
  public let formulation: Formulation
  /// How it is trained.
  public let settings: TrainingSettings
  /// What the loss is taken of.
  public let placement: LossPlacement
  /// I, H and O.
  public let sizes: Sizes
  private let subject: any Subject
  private let descent: GradientDescent
  private let initialization: Initialization

  /// A session.
  ///
  /// - Throws: `TrainingError` where a setting makes no sense, where the formulation has nothing to take
  ///   the loss of or reads too little or too much of the sequences, `EquationError` where it cannot be
  ///   read.
  public init(
    _ example: TrainingExample, _ entry: Catalogue.Entry, settings: TrainingSettings
  ) throws {
    guard settings.steps >= 0, settings.hiddenSize > 0 else {
      throw TrainingError(
        code: .setting, name: settings.steps < 0 ? "steps" : "hidden size",
        message: "found \(min(settings.steps, settings.hiddenSize)), expected "
          + (settings.steps < 0 ? "0 or more" : "1 or more"))
    }
    self.example = example
    self.settings = settings
    formulation = try entry.formulation()
    try example.checkInputs(of: formulation)
    subject = entry.subject
    placement = try LossPlacement(
      in: formulation, classes: example.classes.count, steps: example.steps)
    sizes = Sizes(
      input: example.symbols.count,
      hidden: formulation.tiesInputToHidden ? example.symbols.count : settings.hiddenSize,
      output: placement.units)
    descent = try GradientDescent(
      learningRate: settings.learningRate, clipping: settings.clipping)
    initialization = try Initialization(
      seed: settings.seed, carriedShare: settings.carriedShare)
  }

  /// Trains and says how it went.
  ///
  /// - Parameter progress: called after each step with how many are done.
  /// - Throws: `TrainingError` with the step where the loss or a gradient stops being finite,
  ///   `CancellationError` where the task is cancelled.
  public func run(progress: (Int) -> Void = { _ in }) throws -> TrainingReport {
    guard let pair = subject as? any CellPair else {
      throw TrainingError(
        code: .output, name: formulation.id, message: "its subject has no cell to train")
    }
    return try run(pair, progress)
  }

  private func run<Pair: CellPair>(
    _ pair: Pair, _ progress: (Int) -> Void
  ) throws -> TrainingReport {
    switch settings.precision {
    case .float64: try train(Pair.Wide.self, progress)
    case .float32: try train(Pair.Narrow.self, progress)
    case .bfloat16, .float16:
      throw TrainingError(
        code: .output, name: formulation.id,
        message: "its cell computes in float64 and float32, not in \(settings.precision.rawValue)")
    }
  }

  private func train<Cell: ComposableCell>(
    _ cell: Cell.Type, _ progress: (Int) -> Void
  ) throws -> TrainingReport {
    var model = initialModel(cell)
    let lesson: Lesson<Cell.Scalar> = lesson(of: example.training)
    var curve: [CurvePoint] = []
    for step in 0..<settings.steps {
      try Task.checkCancellation()
      curve.append(try advance(&model, on: lesson, step: step))
      progress(step + 1)
    }
    let last = Double(try model.loss(of: lesson))
    guard last.isFinite else { throw divergence(at: settings.steps, last) }
    curve.append(
      CurvePoint(step: settings.steps, loss: last, gradientNorm: nil, clippedElements: 0))
    return try report(on: model, curve: curve)
  }

  /// One step of gradient descent, and the loss and the gradient that it started from.
  private func advance<Cell: ComposableCell>(
    _ model: inout Model<Cell>, on lesson: Lesson<Cell.Scalar>, step: Int
  ) throws -> CurvePoint {
    let (loss, gradients) = try model.gradients(on: lesson, truncation: settings.truncation)
    guard loss.isFinite else { throw divergence(at: step, Double(loss)) }
    do {
      let moved = try descent.step(
        from: model.parameters, along: gradients, within: ranges(Cell.Scalar.self))
      model.parameters = moved.parameters
      return CurvePoint(
        step: step, loss: Double(loss), gradientNorm: Double(moved.gradientNorm),
        clippedElements: moved.clippedElements)
    } catch {
      guard error.code == .gradient else { throw error }
      throw divergence(at: step, "\(error)")
    }
  }

  private func divergence(at step: Int, _ loss: Double) -> TrainingError {
    divergence(at: step, "the loss is \(loss.isNaN ? "not a number" : "infinite")")
  }

  private func divergence(at step: Int, _ what: String) -> TrainingError {
    TrainingError(
      code: .diverged, name: "\(example.name.rawValue) with \(formulation.id)",
      message: "training diverged at step \(step): \(what); take a learning rate below"
        + " \(settings.learningRate), or clip to a smaller norm")
  }
}

extension TrainingSession {
  /// The model before the first step.
  package func initialModel<Cell: ComposableCell>(_ cell: Cell.Type) -> Model<Cell> {
    var parameters = initialization.parameters(of: formulation, sizes, in: Cell.Scalar.self)
    if placement.kind == .readout {
      let units = [placement.units, sizes[formulation.axis(of: placement.signal)]]
      let prefix = Model<Cell>.readoutPrefix
      parameters[prefix + "V"] = initialization.matrix(prefix + "V", units)
      parameters[prefix + "c"] = initialization.matrix(prefix + "c", [placement.units])
    }
    return Model(cell, placement: placement, parameters: parameters)
  }

  /// Samples as a batch for this session's cell.
  package func lesson<Scalar: CellScalar>(of samples: [TrainingExample.Sample]) -> Lesson<Scalar> {
    example.lesson(of: samples, for: formulation, placement, sizes)
  }

  /// Where parameters must stay: α of leaky units between 0 and 1.
  package func ranges<Scalar: CellScalar>(_ scalar: Scalar.Type) -> [String: ClosedRange<Scalar>] {
    Dictionary(
      uniqueKeysWithValues: formulation.declaration.notation.fractions.map { ($0, 0...1) })
  }
}
