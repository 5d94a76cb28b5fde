/// The step at which an equation reads or defines a signal.
public enum TimeIndex: Hashable, Sendable {
  /// `t + offset`: 0 is the step itself, −1 the one before.
  case step(Int)
  /// The first step, printed `1`: what a system that runs backward in time computes last.
  case first
  /// The last step, printed `T`.
  case last

  /// The same index seen from an equation that is moved by some steps.
  public func shifted(by steps: Int) -> TimeIndex {
    switch self {
    case .step(let offset): .step(offset + steps)
    case .first: .first
    case .last: .last
    }
  }

  /// Whether it is one step of a sequence, whatever t is.
  public var isAtOneStep: Bool { self == .first || self == .last }
}
