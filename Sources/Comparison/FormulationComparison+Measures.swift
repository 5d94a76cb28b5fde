extension FormulationComparison {
  /// A number that depends on the sizes.
  public struct Count: Hashable, Sendable, Codable {
    /// In letters: `4H² + 4HI + 4H`.
    public var symbolic: String
    /// For the sizes of `Counts.sizes`; nil where it overflows.
    public var number: Int?
  }

  /// What a formulation costs as it is printed.
  public struct Cost: Hashable, Sendable, Codable {
    /// How many numbers its parameters hold.
    public var parameters: Count
    /// Multiplications and additions of the matrix products of one step, 2·rows·columns − rows for each.
    public var products: Count
    /// Operations unit by unit of one step.
    public var elementwise: Count
    /// `products` and `elementwise` together.
    public var operations: Count
    /// Evaluations of each function in one step, by the function's name.
    public var activations: [String: Count]
  }

  /// What both cost, for one sequence.
  public struct Counts: Hashable, Sendable, Codable {
    /// I, H and O by their letters.
    public var sizes: [String: Int]
    /// What A costs.
    public var a: Cost
    /// What B costs.
    public var b: Cost
  }

  /// What the two do on the same numbers, one sequence of float64.
  ///
  /// Corresponding parameters and states have the same numbers, in the way that the relation says where there is one;
  /// what has no counterpart has numbers of its own.
  public struct Behaviour: Hashable, Sendable, Codable {
    /// One step.
    public struct Step: Hashable, Sendable, Codable {
      /// t, from 1.
      public var step: Int
      /// ‖h_A − h_B‖₂, h the signal that is compared.
      public var distance: Double
      /// ‖∂(Σ_u h_T,u) ÷ ∂x_t‖₂ in A: how much of the loss at the last step still reaches this one's input.
      public var gradientA: Double
      /// The same in B.
      public var gradientB: Double
    }

    /// The signal that is compared by its names in A and B, an output where both have one and a state
    /// otherwise; empty where there are no steps.
    public var signals: [String]
    /// The seed of the numbers.
    public var seed: UInt64
    /// Step by step; empty where nothing could be measured.
    public var steps: [Step]
    /// Why nothing could be measured; nil where something was.
    public var unavailable: String?
  }
}
