/// How much a reader is prepared to read at once, checked before memory is taken for it.
public struct HDF5Limits: Hashable, Sendable {
  /// The most elements of one dataset or attribute.
  public var elements: Int
  /// The most bytes of text of one dataset or attribute, all of its strings together.
  public var textBytes: Int

  /// Limits, by default 2²⁸ elements and 16 MiB of text.
  public init(elements: Int = 1 << 28, textBytes: Int = 1 << 24) {
    self.elements = elements
    self.textBytes = textBytes
  }

  /// The limits of `init()`.
  public static let standard = HDF5Limits()
}
