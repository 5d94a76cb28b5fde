import Equations
import GoldenFixtures
import Oracle

/// What a departing subject may compute instead: another reading, the same equations with one change, or the
/// right equations of something else than what was asked.
public struct Alternative: Sendable {
  /// Where an alternative comes from.
  public enum Kind: String, Hashable, Sendable, Codable {
    /// A built-in formulation whose parameters and states have the same names.
    case reading
    /// The equations with one change.
    case equations
    /// The right equations, and one change in those of their gradients.
    case gradients
    /// The right equations, and one thing about a case that is taken otherwise.
    case handling
  }

  /// Where it comes from.
  public let kind: Kind
  /// What it is, in a few words: `cs224d-gru`, `f_t: drops b_f`, `the initial states are taken as zero`.
  public let name: String
  /// What went wrong when this is what a subject computes; nil for a reading.
  public let bugClass: BugClass?
  /// Its equations and gradients.
  let reference: Reference
  /// What it makes of a case.
  let handling: Handling

  init(
    _ kind: Kind, _ name: String, _ bugClass: BugClass?, _ reference: Reference,
    handling: Handling = Handling()
  ) {
    self.kind = kind
    self.name = name
    self.bugClass = bugClass
    self.reference = reference
    self.handling = handling
  }
}
