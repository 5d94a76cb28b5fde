import RecurrentCells

/// The task of the Padhai notes' RNN, which decides the states that have an output.
public enum PadhaiRNNReading: String, CaseIterable, Sendable {
  /// ŷ_t = O(V s_t + c) at every step.
  case labelling
  /// ŷ = O(V s_T + c), from the last state only.
  case classification
}

/// A reading as a type, so that cells of two readings are two types.
public protocol PadhaiRNNReadingType: Sendable {
  /// The reading.
  static var reading: PadhaiRNNReading { get }
}

extension PadhaiRNNReading {
  /// The type of `labelling`.
  public enum Labelling: PadhaiRNNReadingType {
    /// `labelling`.
    public static var reading: PadhaiRNNReading { .labelling }
  }

  /// The type of `classification`.
  public enum Classification: PadhaiRNNReadingType {
    /// `classification`.
    public static var reading: PadhaiRNNReading { .classification }
  }
}
