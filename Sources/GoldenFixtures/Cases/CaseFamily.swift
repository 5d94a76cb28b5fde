import Equations

/// What one case of every formulation is like.
public struct CaseFamily: Hashable, Sendable {
  /// Which numbers a case is made of.
  public enum Regime: String, Hashable, Sendable, Codable {
    /// Gates away from their ends.
    case ordinary
    /// Biases so large that gates are nearly open or shut, on both sides.
    case saturated
    /// Inputs, states and biases near 2^−70, so that products fall below the smallest normal float32.
    case tiny
  }

  /// Where the upstream gradients lie.
  public enum UpstreamPlan: String, Hashable, Sendable {
    /// On every step's outputs and on the final states.
    case everywhere
    /// On the last step's outputs alone: many to one.
    case lastStep
    /// On the final states alone.
    case finalStates
  }

  /// The case's name.
  public let name: String
  /// I, H and O.
  public let sizes: Sizes
  /// T.
  public let steps: Int
  /// B.
  public let batch: Int
  /// The steps of each sequence, where they differ.
  public let lengths: [Int]?
  /// The numbers.
  public let regime: Regime
  /// Where the upstream gradients lie.
  public let upstream: UpstreamPlan
  /// What the case reveals.
  public let flags: [BugClass]

  init(
    _ name: String, I: Int, H: Int, O: Int = 3, T: Int, B: Int, lengths: [Int]? = nil,
    regime: Regime = .ordinary, upstream: UpstreamPlan = .everywhere, _ flags: [BugClass]
  ) {
    self.name = name
    self.sizes = Sizes(input: I, hidden: H, output: O)
    self.steps = T
    self.batch = B
    self.lengths = lengths
    self.regime = regime
    self.upstream = upstream
    self.flags = flags
  }

  /// The cases that every formulation has.
  ///
  /// Sizes are seldom multiples of a SIMD width, I is seldom H, and T and B differ, so that nothing exchanged
  /// stays unseen.
  public static let all: [CaseFamily] = [
    CaseFamily(
      "generic", I: 5, H: 3, T: 4, B: 3,
      [
        .gateOrder, .resetPlacement, .zPolarity, .bias, .initialState, .recurrence, .direction,
        .layout, .transpose, .activation, .batch, .gradientTerm, .gradientAccumulation,
        .truncatedBPTT, .cotangentLinearity, .clip, .precision, .aliasing,
      ]),
    // Where I = H a transposed matrix still has the right shape, and only its numbers tell.
    CaseFamily(
      "square", I: 4, H: 4, T: 3, B: 2,
      [.transpose, .layout, .gateOrder, .resetPlacement, .gradientTerm]),
    CaseFamily(
      "wide", I: 11, H: 16, T: 3, B: 2,
      [.gateOrder, .transpose, .gradientAccumulation, .precision, .layout]),
    CaseFamily(
      "one-step", I: 3, H: 4, T: 1, B: 2,
      [.gateOrder, .bias, .activation, .initialState, .resetPlacement]),
    CaseFamily("no-steps", I: 3, H: 2, T: 0, B: 2, [.empty, .initialState]),
    CaseFamily(
      "one-unit", I: 2, H: 1, O: 2, T: 4, B: 1, [.layout, .recurrence, .gradientTerm]),
    CaseFamily(
      "saturated", I: 4, H: 5, T: 4, B: 2, regime: .saturated,
      [.overflow, .activation, .precision, .clip]),
    CaseFamily(
      "tiny", I: 3, H: 4, T: 3, B: 2, regime: .tiny, [.overflow, .precision]),
    CaseFamily(
      "last-step", I: 7, H: 5, T: 5, B: 2, upstream: .lastStep,
      [.truncatedBPTT, .recurrence, .direction, .gradientAccumulation]),
    CaseFamily(
      "final-states", I: 3, H: 5, T: 4, B: 3, upstream: .finalStates,
      [.initialState, .truncatedBPTT, .gradientTerm]),
    CaseFamily(
      "ragged", I: 3, H: 4, T: 5, B: 4, lengths: [4, 1, 0, 5],
      [.lengths, .batch, .empty, .direction]),
    CaseFamily(
      "long", I: 2, H: 3, T: 32, B: 1,
      [.recurrence, .truncatedBPTT, .gradientAccumulation, .precision]),
  ]

  /// The cases of a formulation: all, and of copies put together those in which the copies meet, the copies
  /// having all of them already.
  public static func all(of formulation: Formulation) -> [CaseFamily] {
    guard formulation.declaration.isComposed else { return all }
    let meeting: Set = [
      "generic", "square", "one-step", "no-steps", "one-unit", "last-step", "final-states",
      "ragged",
    ]
    return all.filter { meeting.contains($0.name) }
  }
}
