/// What a parameter of a cell is applied to, which decides its shape.
public enum ParameterShape: Hashable, Sendable {
  /// A matrix [H,I] that is applied to the input.
  case input
  /// A matrix [H,H] that is applied to a state.
  case recurrent
  /// A vector [H] that is added.
  case bias
  /// A vector [H] that scales every unit.
  case scale
  /// A matrix [O,H] that is applied to a state and gives an output.
  case output
  /// A vector [O] that is added to an output.
  case outputBias
  /// The matrices of so many gates, one below the other, on [h; x]: [4H,H+I] for four.
  case stacked(gates: Int)

  /// The extents of the parameter in a cell of the given sizes.
  ///
  /// - Parameters:
  ///   - inputSize: I.
  ///   - hiddenSize: H.
  ///   - outputSize: O; of no account where the shape has none.
  public func extents(inputSize: Int, hiddenSize: Int, outputSize: Int = 0) -> [Int] {
    switch self {
    case .input: [hiddenSize, inputSize]
    case .recurrent: [hiddenSize, hiddenSize]
    case .bias, .scale: [hiddenSize]
    case .output: [outputSize, hiddenSize]
    case .outputBias: [outputSize]
    case .stacked(let gates): [gates * hiddenSize, hiddenSize + inputSize]
    }
  }

  /// The same in letters.
  var letters: String {
    switch self {
    case .input: "[H,I]"
    case .recurrent: "[H,H]"
    case .bias, .scale: "[H]"
    case .output: "[O,H]"
    case .outputBias: "[O]"
    case .stacked(let gates): "[\(gates)H,H+I]"
    }
  }

  /// What a parameter of this shape and of the given extents says about the sizes of its cell.
  ///
  /// Nil where they do not tell, as a vector does not where a matrix belongs. A cell that has an input
  /// has at least one feature.
  func sizes(from extents: [Int]) -> (input: Int?, hidden: Int?, output: Int?) {
    switch (self, extents.count) {
    case (.input, 2): return (extents[1], extents[0], nil)
    case (.recurrent, 2), (.bias, 1), (.scale, 1): return (nil, extents[0], nil)
    case (.output, 2): return (nil, extents[1], extents[0])
    case (.outputBias, 1): return (nil, nil, extents[0])
    case (.stacked(let gates), 2):
      let units = extents[0] / gates
      return (max(extents[1] - units, 1), units, nil)
    default: return (nil, nil, nil)
    }
  }
}
