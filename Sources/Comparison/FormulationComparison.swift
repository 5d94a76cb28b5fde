import Equations

/// Two formulations side by side: whether they are the same cell, what corresponds to what, where they
/// differ, what they cost and what they do on the same numbers.
///
/// It never fails: what cannot be said, because sizes do not match or the oracle does not evaluate a function,
/// is said to be so, with the reason.
public struct FormulationComparison: Hashable, Sendable, Codable {
  /// One of the two formulations.
  public struct Side: Hashable, Sendable, Codable {
    /// The name in commands and files.
    public var id: String
    /// What the formulation is, in a few words.
    public var title: String
    /// The text that prints it.
    public var document: Document
    /// What this reading decides; empty if nothing.
    public var reading: String
  }

  /// Whether the two are the same cell.
  public enum Verdict: String, Sendable, Codable {
    /// They are, in the way that `relation` says, and exact numbers bear it out.
    case equal
    /// They are under conditions that `relation` says, and exact numbers bear it out: parameters at zero,
    /// signals that the other lacks left out, or I = H.
    case conditional
    /// Their structure says so, in the way that `relation` says, and no numbers could be had.
    case unverified
    /// No relation was found of the kinds that `Relation` knows.
    case different
  }

  /// The first formulation.
  public var a: Side
  /// The second formulation.
  public var b: Side
  /// Whether they are the same cell.
  public var verdict: Verdict
  /// The same in sentences, conditions included.
  public var statements: [String]
  /// In which way they are the same cell; nil where they are not.
  public var relation: Relation?
  /// Which signal is which, the input first; then those without a counterpart.
  public var signals: [SignalPair]
  /// Which parameter is which; then those without a counterpart.
  public var parameters: [ParameterPair]
  /// The equations of corresponding signals; then those without a counterpart.
  public var equations: [EquationPair]
  /// What each costs, as printed.
  public var counts: Counts
  /// What the two do on the same numbers.
  public var behaviour: Behaviour
}
