/// A shape that no tensor can have.
public struct ShapeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with the shape.
  public enum Code: String, Sendable {
    /// An axis has fewer than zero elements.
    case negativeExtent
    /// The number of elements does not fit an `Int`.
    case overflow
    /// There are more or fewer elements than the shape holds.
    case elementCount
  }

  /// What is wrong.
  public let code: Code
  /// The same in words.
  public let message: String
  /// The shape at fault.
  public let shape: [Int]

  /// An error about a shape.
  public init(code: Code, message: String, shape: [Int]) {
    self.code = code
    self.message = message
    self.shape = shape
  }

  /// The message.
  public var description: String { message }
}
