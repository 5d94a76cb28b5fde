import RecurrentCells

/// The d of h_{t−d} as a type, so that cells of two delays are two types.
///
/// A cell with a d below 1 cannot be made. One longer than a sequence reads the initial state at every
/// step.
public protocol TimeDelay: Sendable {
  /// d, 1 or more.
  static var steps: Int { get }
}

/// d = 3, the delay of the suite: longer than one step and shorter than most of its sequences.
public enum ThreeSteps: TimeDelay {
  /// 3.
  public static var steps: Int { 3 }
}

extension TimeDelay {
  /// Whether d is a delay.
  static func check() throws(CellError) {
    guard steps >= 1 else {
      throw CellError(
        code: .value, name: "d", message: "found a delay of \(steps), expected 1 or more")
    }
  }
}
