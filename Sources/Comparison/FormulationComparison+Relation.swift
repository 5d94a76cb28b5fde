extension FormulationComparison {
  /// In which way two formulations are the same cell.
  public struct Relation: Hashable, Sendable, Codable {
    /// One of the steps from the one to the other.
    public enum Kind: String, Sendable, Codable {
      /// Other letters.
      case renaming
      /// A gate for one minus it.
      case polarity
      /// Parameters with the opposite sign.
      case sign
      /// A sum of parameters for one.
      case sum
      /// Parameters at zero.
      case fixed
      /// Signals besides, that nothing else reads.
      case part
      /// Other intermediate results.
      case outlining
      /// I = H, because one of the two needs it.
      case sizes
    }

    /// The steps from the one to the other; none where both have the same equations in the same letters.
    public var kinds: [Kind]
    /// The parameters of B by those of A, and what is fixed at zero: `B.W_z = -A.U_i`.
    public var parameters: [String]
    /// How the relation was verified.
    public var verification: Verification
  }

  /// How exact numbers bear a relation out.
  public struct Verification: Hashable, Sendable, Codable {
    /// How many values and gradients agree; 0 where there are no numbers.
    public var numbers: Int
    /// How many seeded cases they are of.
    public var cases: Int
    /// Why there are no numbers; nil where there are.
    public var unavailable: String?
  }
}
