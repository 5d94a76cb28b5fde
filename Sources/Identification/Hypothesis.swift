import Equations
import GoldenFixtures
import Oracle
import Tensors

/// One thing that a layer may be: a formulation, where its gates lie in the weights, and how it is written.
struct Hypothesis: Sendable {
  let skeleton: Skeleton
  /// The place of the layout among those of the same weights.
  let layout: WeightLayout
  /// The skeleton's gates in the order in which the layer packs them.
  let order: [Int]
  /// The gates g for which the layer computes 1 − g.
  let complements: Set<Int>
  /// For each state of the formulation which of the states given it starts from.
  let states: [Int]
  /// What is otherwise than in the formulation, where nothing known is exact.
  let change: Change?

  /// One change of a formulation.
  enum Change: Hashable, Sendable {
    /// The equations with the biases, changed in a way that the text names.
    case equations(String, Formulation)
    /// The states before the first step are zero, whatever is given.
    case zeroStates

    var words: String {
      switch self {
      case .equations(let words, _): words
      case .zeroStates: "starts from zero states, not from those given"
      }
    }
  }

  /// The biases by gate of the skeleton.
  static func biases(_ layout: WeightLayout, _ order: [Int]) -> [Skeleton.Biases] {
    var biases = Array(
      repeating: Skeleton.Biases(input: false, recurrent: false), count: order.count)
    for (position, gate) in order.enumerated() { biases[gate] = layout.blocks[position].biases }
    return biases
  }

  /// The equations.
  ///
  /// - Throws: `EquationError`, which no skeleton gives.
  func formulation() throws(EquationError) -> Formulation {
    if case .equations(_, let formulation) = change { return formulation }
    return try skeleton.formulation(biases: Self.biases(layout, order))
  }

  /// What the equations are asked when a layer is asked something.
  ///
  /// - Parameter layout: this hypothesis's in the weights that the layer used for the entry.
  func problem(_ entry: PackedRequestFile.Entry, _ layout: WeightLayout) -> Case<Double> {
    var parameters: [String: Tensor<Double>] = [:]
    for (position, gate) in order.enumerated() {
      let names = ParameterNames(gate)
      let block = layout.blocks[position]
      let sign: Double = complements.contains(gate) ? -1 : 1
      for (symbol, tensor) in [
        (names.input, block.input), (names.recurrent, block.recurrent),
        (names.inputBias, block.inputBias), (names.recurrentBias, block.recurrentBias),
      ] {
        parameters[symbol.name] = tensor?.map { $0 * sign }
      }
    }
    var initial: [String: Tensor<Double>] = [:]
    for (state, given) in zip(skeleton.formulation.states, states) {
      let value = entry.states[given]
      initial[state.name] = change == .zeroStates ? value.map { _ in 0 } : value
    }
    return Case(
      parameters: parameters, batch: SequenceBatch(x: entry.x, initial: initial),
      upstream: Upstream(sequence: [:], final: [:]))
  }

  /// A layer's answers by the letters of the formulation.
  ///
  /// - Parameter output: the state that the layer puts out at every step.
  func answers(_ answers: Answers<Double>, output: Symbol) -> Answers<Double> {
    var named: Answers<Double> = [:]
    named[.sequence(output.name)] = answers[.sequence(Self.output)]
    for (state, given) in zip(skeleton.formulation.states, states) {
      named[.final(state.name)] = answers[.final("\(given)")]
    }
    return named
  }

  /// What a layer calls its output.
  static let output = "output"
}

extension Skeleton {
  /// Every way in which gates may be complemented.
  var complementChoices: [Set<Int>] {
    gates.indices.filter { gates[$0].isConvex }.reduce([[]]) { choices, gate in
      choices + choices.map { $0.union([gate]) }
    }
  }

  /// Every way to take the states from two that are given.
  var stateChoices: [[Int]] {
    formulation.states.count == 1 ? [[0]] : formulation.states.count == 2 ? [[0, 1], [1, 0]] : []
  }
}

extension Int {
  /// All orders of the numbers below.
  var orders: [[Int]] {
    guard self > 0 else { return [[]] }
    return (self - 1).orders.flatMap { order in
      (0...order.count).map { place in
        var longer = order
        longer.insert(self - 1, at: place)
        return longer
      }
    }
  }
}
