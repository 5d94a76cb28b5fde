/// What a parameter of a cell is applied to, which decides its shape.
public enum ParameterShape: Hashable, Sendable {
  /// A matrix [H,I] that is applied to the input.
  case input
  /// A matrix [H,H] that is applied to a state.
  case recurrent
  /// A vector [H] that is added.
  case bias

  /// The extents of the parameter in a cell of the given sizes.
  public func extents(inputSize: Int, hiddenSize: Int) -> [Int] {
    switch self {
    case .input: [hiddenSize, inputSize]
    case .recurrent: [hiddenSize, hiddenSize]
    case .bias: [hiddenSize]
    }
  }

  /// The same in letters.
  var letters: String {
    switch self {
    case .input: "[H,I]"
    case .recurrent: "[H,H]"
    case .bias: "[H]"
    }
  }
}
