import Equations
import Oracle

/// What one case of every formulation is like.
public struct CaseFamily: Hashable, Sendable, CustomStringConvertible {
  /// Which numbers a case is made of.
  public enum Regime: String, Hashable, Sendable, Codable {
    /// Gates away from their ends.
    case ordinary
    /// Biases so large that gates are nearly open or shut, on both sides, and states beyond ±1.
    case saturated
    /// Inputs, states and biases near 2^−70, so that products fall below the smallest normal float32.
    case tiny
    /// Inputs so large that their products are a hundred times the sums they cancel to.
    case cancelling
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
  /// What such a case shows that others do not; which bug classes it reveals is measured (`MeasuredFlags`).
  public let reason: String

  /// The case's name.
  public var description: String { name }

  init(
    _ name: String, I: Int, H: Int, O: Int = 3, T: Int, B: Int, lengths: [Int]? = nil,
    regime: Regime = .ordinary, upstream: UpstreamPlan = .everywhere, _ reason: String
  ) {
    self.name = name
    self.sizes = Sizes(input: I, hidden: H, output: O)
    self.steps = T
    self.batch = B
    self.lengths = lengths
    self.regime = regime
    self.upstream = upstream
    self.reason = reason
  }

  /// The cases that every formulation has.
  ///
  /// Sizes are seldom multiples of a SIMD width, I is seldom H, and T and B differ, so that nothing exchanged
  /// stays unseen.
  public static let all: [CaseFamily] = [
    CaseFamily(
      "generic", I: 5, H: 3, T: 4, B: 3, "most of what is wrong, at a size that is quick"),
    CaseFamily(
      "square", I: 4, H: 4, T: 3, B: 2,
      "a matrix on x taken for its transpose, which has its shape only where I = H"),
    CaseFamily(
      "wide", I: 11, H: 16, T: 3, B: 2,
      "units beyond the width of a vector register, and rows beyond a multiple of it"),
    CaseFamily("one-step", I: 3, H: 4, T: 1, B: 2, "a path of its own for a single step"),
    CaseFamily("no-steps", I: 3, H: 2, T: 0, B: 2, "what is answered where there is no step"),
    CaseFamily("one-unit", I: 2, H: 1, O: 2, T: 4, B: 1, "axes of extent 1 that are dropped"),
    CaseFamily(
      "saturated", I: 3, H: 4, T: 48, B: 1, regime: .saturated,
      "arguments and states that are clipped; gradients that vanish below the smallest normal float64"
    ),
    CaseFamily(
      "tiny", I: 3, H: 4, T: 3, B: 2, regime: .tiny, "small numbers that are taken for zero"),
    CaseFamily(
      "cancelling", I: 4, H: 3, T: 4, B: 2, regime: .cancelling,
      "right cells that a bound of the sums, and not of their terms, would take for wrong"),
    CaseFamily(
      "last-step", I: 7, H: 5, T: 5, B: 2, upstream: .lastStep,
      "final upstream gradients that are absent, and steps without one of their own"),
    CaseFamily(
      "final-states", I: 3, H: 5, T: 4, B: 3, upstream: .finalStates,
      "upstream gradients of the outputs that are absent"),
    CaseFamily(
      "ragged", I: 3, H: 4, T: 5, B: 4, lengths: [4, 1, 0, 5],
      "padding that is computed on, reported or read"),
    CaseFamily(
      "long", I: 2, H: 3, T: 32, B: 1, "backpropagation that stops after many steps"),
  ]

  /// The cases of a formulation.
  ///
  /// Of copies put together those in which the copies meet, the copies having all of them already. Where no
  /// matrix is applied to the inputs, nothing cancels; and where relu is, nothing may come that near to its
  /// kink.
  public static func all(of formulation: Formulation) -> [CaseFamily] {
    guard formulation.declaration.isComposed else {
      return all.filter {
        $0.regime != .cancelling || formulation.weighsInput && !formulation.usesReLU
      }
    }
    let meeting: Set = [
      "generic", "square", "one-step", "no-steps", "one-unit", "last-step", "final-states",
      "ragged",
    ]
    return all.filter { meeting.contains($0.name) }
  }
}

extension Formulation {
  /// Whether a matrix is applied to the inputs alone.
  fileprivate var weighsInput: Bool {
    parameters.contains { $0.shape.columns?.contains(.input) ?? false }
  }
}
