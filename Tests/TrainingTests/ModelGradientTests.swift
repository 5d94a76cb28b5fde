import Conformance
import RecurrentCells
import Tensors
import Testing
import Training

@Suite("The gradient of loss, readout and cell in one is that of the loss")
struct ModelGradientTests {
  /// How far central differences along a seeded direction are from the gradient, by h.
  ///
  /// The error of a central difference falls with h², to a quarter from one h to the next, as long as
  /// roundings are far below it; where the gradient is wrong it stays.
  private struct Errors: SessionVisitor {
    var spoil: @Sendable (inout [String: Tensor<Double>]) -> Void = { _ in }

    func visit<Cell: ComposableCell<Double>>(
      _ cell: Cell.Type, _ session: TrainingSession
    ) throws -> [Double] {
      let model = session.initialModel(cell)
      let lesson: Lesson<Double> = session.lesson(of: session.example.training)
      var gradients = try model.gradients(on: lesson, truncation: nil).gradients
      spoil(&gradients)
      var numbers = Numbers(seed: 7)
      var direction: [String: Tensor<Double>] = [:]
      let constants = session.formulation.parameters.filter(session.formulation.isConstant)
      for (name, parameter) in model.parameters.sorted(by: { $0.key < $1.key })
      where !constants.contains(where: { $0.name == name }) {
        direction[name] = numbers.tensor(parameter.shape, magnitude: 1)
      }
      let slope = direction.sorted { $0.key < $1.key }.reduce(0.0) { sum, entry in
        guard let gradient = gradients[entry.key] else { return sum }
        return zip(gradient.scalars, entry.value.scalars).reduce(sum) { $0 + $1.0 * $1.1 }
      }
      return try (9...12).map { exponent in
        let h = Double(sign: .plus, exponent: -exponent, significand: 1)
        let above = try model.moved(by: h, along: direction).loss(of: lesson)
        let below = try model.moved(by: -h, along: direction).loss(of: lesson)
        return ((above - below) / (2 * h) - slope).magnitude
      }
    }
  }

  /// Whether errors fall faster than to a half at each halving of h.
  private static func fall(_ errors: [Double]) -> Bool {
    zip(errors, errors.dropFirst()).allSatisfy { $1 < $0 / 2 }
  }

  @Test("for every formulation", arguments: Pairing.all)
  func right(_ pairing: Pairing) throws {
    let errors = try pairing.opened(Errors())
    #expect(Self.fall(errors), "\(errors)")
  }

  @Test("a gradient with its sign flipped is rejected", arguments: Pairing.all)
  func flipped(_ pairing: Pairing) throws {
    let errors = try pairing.opened(
      Errors { gradients in gradients = gradients.mapValues { $0.map { -$0 } } })
    #expect(!Self.fall(errors), "\(errors)")
  }

  @Test("and so is one that forgets a parameter", arguments: Pairing.all)
  func forgotten(_ pairing: Pairing) throws {
    let errors = try pairing.opened(
      Errors { gradients in
        // The first by name that has a gradient at all: an output that is not used has none.
        let name = gradients.keys.sorted().first {
          gradients[$0]?.scalars.contains { $0 != 0 } ?? false
        }
        gradients[name ?? ""] = nil
      })
    #expect(!Self.fall(errors), "\(errors)")
  }

  /// Runs the visitor with a cell whose way back forgets something.
  private struct Forgetting<Fault: BackwardFault>: SessionVisitor {
    func visit<Cell: ComposableCell<Double>>(
      _ cell: Cell.Type, _ session: TrainingSession
    ) throws -> [Double] {
      try Errors().visit(FaultyCell<Cell, Fault>.self, session)
    }
  }

  @Test("a cell that forgets what arrives at the first step is rejected", arguments: Pairing.all)
  func firstStep(_ pairing: Pairing) throws {
    // With one answer a sequence nothing but the last step has an upstream gradient.
    guard pairing.example == .nextWord else { return }
    #expect(!Self.fall(try pairing.opened(Forgetting<ForgottenFirstStep>())))
  }

  @Test("a cell that forgets the last sequence of a batch is rejected", arguments: Pairing.all)
  func lastSequence(_ pairing: Pairing) throws {
    #expect(!Self.fall(try pairing.opened(Forgetting<ForgottenSequence>())))
  }
}

/// One way to lose a part of the upstream gradients.
protocol BackwardFault: Sendable {
  static func spoil<Scalar>(_ upstream: inout Tensor<Scalar>)
}

/// Nothing arrives at the first step.
enum ForgottenFirstStep: BackwardFault {
  static func spoil<Scalar>(_ upstream: inout Tensor<Scalar>) {
    let width = upstream.shape[1] * upstream.shape[2]
    for position in 0..<width { upstream[position] = 0 }
  }
}

/// Nothing arrives at the last sequence of the batch.
enum ForgottenSequence: BackwardFault {
  static func spoil<Scalar>(_ upstream: inout Tensor<Scalar>) {
    for step in 0..<upstream.shape[0] {
      for unit in 0..<upstream.shape[2] { upstream[step, upstream.shape[1] - 1, unit] = 0 }
    }
  }
}

/// A right cell around which a part of the way back is lost.
struct FaultyCell<Right: ComposableCell, Fault: BackwardFault>: ComposableCell {
  typealias Scalar = Right.Scalar
  static var signals: [String] { Right.signals }
  static var states: [String] { Right.states }
  static var outputs: [String: OutputSteps] { Right.outputs }
  static var constants: Set<String> { Right.constants }
  static var hiddenOutputs: [String] { Right.hiddenOutputs }
  static func parameterExtents(of sizes: CellSizes) -> [String: [Int]] {
    Right.parameterExtents(of: sizes)
  }
  var sizes: CellSizes { right.sizes }
  var lastChangedElement: Int? { right.lastChangedElement }
  private let right: Right

  init(_ parameters: ParameterSet<Scalar>) throws(CellError) { right = try Right(parameters) }

  func forward(_ batch: SequenceBatch<Scalar>) throws(CellError) -> Right.Trace {
    try right.forward(batch)
  }

  func backward(
    _ trace: Right.Trace, upstream: Upstream<Scalar>, truncation: Truncation?
  ) throws(CellError) -> Gradients<Scalar> {
    var spoiled = upstream
    for name in upstream.sequence.keys {
      spoiled.sequence[name].mapInPlace(Fault.spoil)
    }
    return try right.backward(trace, upstream: spoiled, truncation: truncation)
  }
}

extension Optional {
  fileprivate mutating func mapInPlace(_ change: (inout Wrapped) -> Void) {
    guard var value = self else { return }
    change(&value)
    self = value
  }
}
