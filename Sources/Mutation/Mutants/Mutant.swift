import Conformance
import GoldenFixtures
import Oracle
import Tensors

/// A wrong implementation of a formulation, wrong by one change.
public struct Mutant: Sendable {
  /// Where the change is.
  public enum Origin: String, Sendable, Codable, CaseIterable {
    /// In the formulation's equations.
    case equations
    /// In an implementation around right equations.
    case implementation
    /// In the backward pass alone.
    case backward
  }

  /// How it is decided whether a mutant that nothing kills is one at all.
  enum Comparison: Sendable {
    /// Its equations against the right ones, in balls.
    case equations(Reference)
    /// Its answers to random cases against those of the same program without the change, bit by bit.
    case answers
    /// Not at all: the change shows in no answer to finite numbers.
    case none
  }

  /// The name, one of its own among the mutants of a formulation: `equations/bias-f-1`.
  public let id: String
  /// Where the change is.
  public let origin: Origin
  /// What kind of bug it is.
  public let bugClass: BugClass
  /// What was changed, in words.
  public let change: String
  /// What is right to be named as the fault: any of these.
  public let places: Set<Quantity>
  /// How large the change is relative to what is changed, for one of a series; nil for others.
  public let amplitude: Double?
  /// The arithmetics in which it is a mutant.
  public let precisions: [Precision]
  let comparison: Comparison
  /// Whether what the wrong implementation answers depends on what it was asked before.
  let remembersCalls: Bool
  /// The wrong implementation; a new one for every use where it remembers calls.
  let subject: @Sendable () -> any Subject
  /// The same program without the change; among the mutants of a formulation there is one of each type.
  let original: any Subject

  init(
    _ id: String, _ origin: Origin, _ bugClass: BugClass, _ change: String,
    places: some Sequence<Quantity>, amplitude: Double? = nil,
    precisions: [Precision] = Precision.wide, comparison: Comparison = .answers,
    remembersCalls: Bool = false, original: any Subject,
    subject: @escaping @Sendable () -> any Subject
  ) {
    self.id = "\(origin.rawValue)/\(id)"
    self.origin = origin
    self.bugClass = bugClass
    self.change = change
    self.places = Set(places)
    self.amplitude = amplitude
    self.precisions = precisions
    self.comparison = comparison
    self.remembersCalls = remembersCalls
    self.original = original
    self.subject = subject
  }

  /// Whether values are wrong, and not only gradients.
  var isForward: Bool {
    origin != .backward
      && places.contains {
        if case .sequence = $0 { return true }
        return false
      }
  }
}
