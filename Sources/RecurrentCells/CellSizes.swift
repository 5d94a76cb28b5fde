/// The sizes of a cell.
public struct CellSizes: Hashable, Sendable {
  /// I, the number of input features.
  public let inputSize: Int
  /// H, the number of units.
  public let hiddenSize: Int
  /// O, the number of outputs; 0 in a cell without outputs of their own size.
  public let outputSize: Int

  /// The sizes of a cell of I features, H units and O outputs.
  public init(inputSize: Int, hiddenSize: Int, outputSize: Int = 0) {
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    self.outputSize = outputSize
  }
}
