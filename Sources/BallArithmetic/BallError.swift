/// A ball that does not say which floating-point number to round it to.
public struct BallError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with the ball.
  public enum Code: String, Sendable {
    /// Its ends round to different numbers: it is too wide.
    case undecided
    /// Its midpoint or radius is infinite or undefined: somewhere a divisor's ball contained zero,
    /// a square root's reached below it, or an argument was too wide.
    case notFinite
  }

  /// What is wrong.
  public let code: Code
  /// The same in words.
  public let message: String
  /// The position of the ball in its vector.
  public let index: Int
  /// The ball in decimal, as `Ball.description`.
  public let ball: String
  /// About how many leading bits of the ball's midpoint are right.
  public let accuracyBits: Int

  /// An error about an element of a vector that was to be rounded to a type.
  init<Value>(undecided ball: Ball, index: Int, as type: Value.Type) {
    code = ball.isFinite ? .undecided : .notFinite
    message =
      ball.isFinite
      ? "element \(index), \(ball), does not decide which \(type) is nearest"
      : "element \(index) is not finite: \(ball)"
    self.index = index
    self.ball = ball.description
    accuracyBits = ball.accuracyBits
  }

  /// The message.
  public var description: String { message }
}
