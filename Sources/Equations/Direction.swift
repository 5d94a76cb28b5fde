/// A direction in time.
public enum Direction: String, Hashable, Sendable, CaseIterable {
  /// From the first step to the last.
  case forward
  /// From the last step to the first.
  case backward
}
