/// What α of a leaky unit is, which the cs224d notes leave open.
public enum LeakyRNNReading: String, CaseIterable, Sendable {
  /// A parameter that is learned like the others.
  case learned
  /// A constant that is given and has no gradient.
  case fixed
}

/// A reading as a type, so that cells of two readings are two types.
public protocol LeakyRNNReadingType: Sendable {
  /// The reading.
  static var reading: LeakyRNNReading { get }
}

extension LeakyRNNReading {
  /// The type of `learned`.
  public enum Learned: LeakyRNNReadingType {
    /// `learned`.
    public static var reading: LeakyRNNReading { .learned }
  }

  /// The type of `fixed`.
  public enum Fixed: LeakyRNNReadingType {
    /// `fixed`.
    public static var reading: LeakyRNNReading { .fixed }
  }
}
