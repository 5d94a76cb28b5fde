import RecurrentCells
import Tensors
import Testing

/// Sizes of a case, and the magnitude of its numbers.
struct Sizes: Sendable, CustomTestStringConvertible {
  /// Which numbers a case is made of.
  enum Regime: Sendable {
    /// Gates away from their ends.
    case ordinary
    /// Biases and inputs that drive gates to their ends.
    case saturated
    /// Biases, inputs, states and cotangents near 2⁻⁷⁰.
    case tiny
  }

  var input = 3
  var hidden = 4
  var steps = 4
  var batch = 2
  var lengths: [Int]?
  var regime = Regime.ordinary

  var testDescription: String {
    "I\(input) H\(hidden) T\(steps) B\(batch) \(lengths.map { "\($0) " } ?? "")\(regime)"
  }
}

/// Seeded cases of numbers with 8 significant bits.
struct Sample {
  let sizes: Sizes
  let seed: UInt64

  /// The case for a cell.
  func problem<Cell: StepwiseCell>(for cell: Cell.Type) -> Case<Double> {
    let state = [sizes.batch, sizes.hidden]
    var parameters: [String: Tensor<Double>] = [:]
    for (name, shape) in Cell.parameterShapes {
      parameters[name] = tensor(
        "parameters/\(name)", shape.extents(inputSize: sizes.input, hiddenSize: sizes.hidden),
        shape == .bias ? biases : -5..<0)
    }
    func tensors(
      _ role: String, _ names: [String], _ shape: [Int], _ range: Range<Int>
    ) -> [String: Tensor<Double>] {
      Dictionary(
        uniqueKeysWithValues: names.map { ($0, tensor("\(role)/\($0)", shape, range)) })
    }
    return Case(
      parameters: parameters,
      batch: SequenceBatch(
        x: tensor("x", [sizes.steps, sizes.batch, sizes.input], inputs), lengths: sizes.lengths,
        initial: tensors("initial", Cell.states, state, states)),
      upstream: Upstream(
        sequence: tensors("sequence", [Cell.states.last ?? ""], [sizes.steps] + state, cotangents),
        final: tensors("final", Cell.states, state, cotangents)))
  }

  /// The case for a cell, composed or not, with cotangents on every signal and final state.
  func fullProblem<Cell: ComposableCell>(for cell: Cell.Type) -> Case<Double> {
    let state = [sizes.batch, sizes.hidden]
    let extents = Cell.parameterExtents(
      of: CellSizes(
        inputSize: sizes.input, hiddenSize: sizes.hidden, outputSize: Self.outputSize))
    func tensors(
      _ role: String, _ names: [String], _ range: Range<Int>, _ shape: (String) -> [Int]
    ) -> [String: Tensor<Double>] {
      Dictionary(
        uniqueKeysWithValues: names.map { ($0, tensor("\(role)/\($0)", shape($0), range)) })
    }
    return Case(
      parameters: tensors("parameters", Cell.parameterNames, -5..<0) { extents[$0] ?? [] },
      batch: SequenceBatch(
        x: tensor("x", [sizes.steps, sizes.batch, sizes.input], inputs), lengths: sizes.lengths,
        initial: tensors("initial", Cell.states, states) { _ in state }),
      upstream: Upstream(
        sequence: tensors("sequence", Cell.signals, cotangents) { signal in
          switch Cell.outputs[signal] {
          case nil: [sizes.steps] + state
          case .every: [sizes.steps, sizes.batch, Self.outputSize]
          case .last: [1, sizes.batch, Self.outputSize]
          }
        },
        final: tensors("final", Cell.states, cotangents) { _ in state }))
  }

  private static var outputSize: Int { 2 }

  /// Numbers of magnitude 2^low … 2^high, of both signs.
  private func tensor(_ name: String, _ shape: [Int], _ range: Range<Int>) -> Tensor<Double> {
    var generator = CounterGenerator(seed: seed, name: name)
    return Tensor(shape: shape) { _ in
      let bits = generator.next()
      let magnitude = Double(
        sign: .plus, exponent: range.lowerBound + Int(bits >> 8) % range.count - 7,
        significand: Double(128 + (bits & 127)))
      return bits >> 63 == 0 ? magnitude : -magnitude
    }
  }

  private var biases: Range<Int> {
    switch sizes.regime {
    case .ordinary: -4..<0
    case .saturated: 2..<5
    case .tiny: -72..<(-68)
    }
  }

  private var inputs: Range<Int> {
    switch sizes.regime {
    case .ordinary: -4..<1
    case .saturated: 0..<3
    case .tiny: -72..<(-68)
    }
  }

  private var states: Range<Int> { sizes.regime == .tiny ? -72..<(-68) : -4..<0 }
  private var cotangents: Range<Int> { sizes.regime == .tiny ? -72..<(-68) : -3..<2 }
}
