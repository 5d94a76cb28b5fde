/// A change of one entry of a parameter that one element of a batch sees.
public struct EntryChange<Scalar: Sendable>: Sendable {
  /// The batch element.
  public let element: Int
  /// The row of the entry; for a bias its position.
  public let row: Int
  /// The column of the entry; 0 for a bias.
  public let column: Int
  /// What is added to the entry.
  public let delta: Scalar
}
