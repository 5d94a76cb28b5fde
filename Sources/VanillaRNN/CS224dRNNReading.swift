import RecurrentCells

/// How to read the output of the cs224d notes' RNN.
public enum CS224dRNNReading: String, CaseIterable, Sendable {
  /// ŷ_t = W_S f(h_t), as printed.
  case printed
  /// ŷ_t = softmax(W_S f(h_t)), as the notes call W_S the parameter of a softmax.
  case softmaxOutput = "softmax-output"
}

/// A reading as a type, so that cells of two readings are two types.
public protocol CS224dRNNReadingType: Sendable {
  /// What the reading applies to W_S f(h_t).
  associatedtype Output: OutputFunction
  /// The reading.
  static var reading: CS224dRNNReading { get }
}

extension CS224dRNNReading {
  /// The type of `printed`.
  public enum Printed: CS224dRNNReadingType {
    /// ŷ_t is linear.
    public typealias Output = IdentityOutput
    /// `printed`.
    public static var reading: CS224dRNNReading { .printed }
  }

  /// The type of `softmaxOutput`.
  public enum SoftmaxOutput: CS224dRNNReadingType {
    /// ŷ_t is a softmax.
    public typealias Output = RecurrentCells.SoftmaxOutput
    /// `softmaxOutput`.
    public static var reading: CS224dRNNReading { .softmaxOutput }
  }
}
