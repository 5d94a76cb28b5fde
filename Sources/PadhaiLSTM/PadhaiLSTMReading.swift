/// The ways to read what the document prints twice, or prints as it cannot be meant.
public enum PadhaiLSTMReading: String, CaseIterable, Sendable {
  /// s̃_t = σ(W h_{t−1} + U x_t + b) and h_t = o_t ⊙ σ(s_t).
  case canonical
  /// h_t = s_t ⊙ o_t, as the document first writes the state.
  case linearWrite = "linear-write"
  /// s̃_t = σ(W (h_{t−1} + U x_t + b)), as the document's brackets say.
  case printedCandidate = "printed-candidate"
}

/// A reading as a type, so that cells of two readings are two types.
public protocol PadhaiLSTMReadingType: Sendable {
  /// The reading.
  static var reading: PadhaiLSTMReading { get }
}

extension PadhaiLSTMReading {
  /// The type of `canonical`.
  public enum Canonical: PadhaiLSTMReadingType {
    /// `canonical`.
    public static var reading: PadhaiLSTMReading { .canonical }
  }

  /// The type of `linearWrite`.
  public enum LinearWrite: PadhaiLSTMReadingType {
    /// `linearWrite`.
    public static var reading: PadhaiLSTMReading { .linearWrite }
  }

  /// The type of `printedCandidate`.
  public enum PrintedCandidate: PadhaiLSTMReadingType {
    /// `printedCandidate`.
    public static var reading: PadhaiLSTMReading { .printedCandidate }
  }
}
