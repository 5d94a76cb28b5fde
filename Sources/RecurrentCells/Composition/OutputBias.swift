/// Whether an output layer has a bias.
public enum OutputBias: String, CaseIterable, Sendable {
  /// o_t = O(V h_t).
  case none
  /// o_t = O(V h_t + c).
  case added
}

/// One of them as a type, so that cells with and without are two types.
public protocol OutputBiasType: Sendable {
  /// Which.
  static var bias: OutputBias { get }
}

extension OutputBias {
  /// The type of `none`.
  public enum None: OutputBiasType {
    /// `none`.
    public static var bias: OutputBias { .none }
  }

  /// The type of `added`.
  public enum Added: OutputBiasType {
    /// `added`.
    public static var bias: OutputBias { .added }
  }
}
