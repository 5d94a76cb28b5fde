import Equations

extension FormulationComparison {
  /// A signal of each side, or one that has no counterpart.
  public struct SignalPair: Hashable, Sendable, Codable {
    /// The name in A; nil where A has none.
    public var a: String?
    /// The name in B; nil where B has none.
    public var b: String?
    /// `input`, `state`, `output`, `state, output` or `intermediate`.
    public var role: String
    /// The axis in letters: `[H]`.
    public var shape: String
    /// Whether the one of A is one minus the one of B.
    public var isComplement: Bool
  }

  /// Parameters of each side that hold the same numbers, or one that has no counterpart.
  public struct ParameterPair: Hashable, Sendable, Codable {
    /// The parameter, block or sum in A; nil where A has none.
    public var a: String?
    /// The parameter, block or sum in B; nil where B has none.
    public var b: String?
    /// The shape in letters: `[H,I]`.
    public var shape: String
    /// How one follows from the other (`B.W_z = -A.U_i`, `A.b = 0`); nil without a counterpart.
    public var equation: String?
  }

  /// The equations of two corresponding signals.
  public struct EquationPair: Hashable, Sendable, Codable {
    /// How the two compare.
    public enum Match: String, Sendable, Codable {
      /// Equal under the correspondence of the names.
      case same
      /// Equal by the relation of the two formulations, not by names alone.
      case related
      /// Different, or without a counterpart.
      case different
    }

    /// The equation of A in plain text; nil where A has none.
    public var a: String?
    /// The equation of B in plain text; nil where B has none.
    public var b: String?
    /// How the two compare.
    public var match: Match
    /// What differs, as far as words can tell.
    public var differences: [Difference]
  }

  /// One thing in which two equations differ.
  public struct Difference: Hashable, Sendable, Codable {
    /// What sort of thing.
    public enum Kind: String, Sendable, Codable {
      /// Another function.
      case activation
      /// A bias that one of them lacks.
      case bias
      /// A sum of parameters that stands for one.
      case sum
      /// Another term that one of them lacks.
      case term
      /// A gate before or after a matrix: `r ⊙ (W h)`, `W (r ⊙ h)`.
      case placement
      /// A gate that is one minus its counterpart.
      case polarity
      /// A matrix that is applied to more than its counterpart: `W (h + U x + b)`, `W h + U x + b`.
      case candidate
      /// A transposed matrix.
      case transposition
      /// A term's sign.
      case sign
      /// A term's numerical factor.
      case coefficient
      /// The same signal at another step.
      case time
      /// A factor that one of them lacks or replaces.
      case factor
      /// The same form, with parameters shared otherwise.
      case sharing
    }

    /// What sort of thing.
    public var kind: Kind
    /// The same in words, A and B named.
    public var text: String
  }
}
