/// The nonlinearity f of the tutorial of 2016-05-18, which names two.
public enum ElmanReading: String, CaseIterable, Sendable {
  /// f = tanh.
  case tanh
  /// f = max(·, 0), whose slope at 0 is read as 0.
  case relu
}

/// A reading as a type, so that cells of two readings are two types.
public protocol ElmanReadingType: Sendable {
  /// The reading.
  static var reading: ElmanReading { get }
}

extension ElmanReading {
  /// The type of `tanh`.
  public enum Tanh: ElmanReadingType {
    /// `tanh`.
    public static var reading: ElmanReading { .tanh }
  }

  /// The type of `relu`.
  public enum Relu: ElmanReadingType {
    /// `relu`.
    public static var reading: ElmanReading { .relu }
  }
}
