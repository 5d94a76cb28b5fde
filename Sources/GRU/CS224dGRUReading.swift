/// Where the reset gate stands in the candidate of the cs224d notes.
public enum CS224dGRUReading: String, CaseIterable, Sendable {
  /// r_t ⊙ (W h_{t−1}), as printed.
  case canonical
  /// W (r_t ⊙ h_{t−1}), as in the paper that the notes cite.
  case resetBefore = "reset-before"
}

/// A reading as a type, so that cells of two readings are two types.
public protocol CS224dGRUReadingType: Sendable {
  /// The reading.
  static var reading: CS224dGRUReading { get }
}

extension CS224dGRUReading {
  /// The type of `canonical`.
  public enum Canonical: CS224dGRUReadingType {
    /// `canonical`.
    public static var reading: CS224dGRUReading { .canonical }
  }

  /// The type of `resetBefore`.
  public enum ResetBefore: CS224dGRUReadingType {
    /// `resetBefore`.
    public static var reading: CS224dGRUReading { .resetBefore }
  }
}
