/// The equations of a step, element by element, that fused loops exist for.
///
/// A step first computes blocks a₀, a₁ … of H units each from x_t and h_{t−1} by matrices, then the signals
/// from the blocks and the states at t−1.
public enum GateFamily: Int, Sendable {
  /// i = σ(a₀), f = σ(a₁), o = σ(a₂), g = tanh(a₃), c = f ⊙ c_{t−1} + i ⊙ g, h = o ⊙ tanh(c).
  case lstm
  /// z = σ(a₀), r = σ(a₁), h̃ = tanh(r ⊙ a₂ + a₃), h = (1 − z) ⊙ h_{t−1} + z ⊙ h̃.
  case gru

  /// The places of the states among the signals; the last one is what the recurrent matrices apply to.
  var states: [Int] {
    switch self {
    case .lstm: [4, 5]
    case .gru: [3]
    }
  }

  /// How many signals there are.
  var signalCount: Int {
    switch self {
    case .lstm: 6
    case .gru: 4
    }
  }

  /// For every block the place of the signal whose gradient is, by definition, that of the block.
  ///
  /// Nil for the block that no signal is the activation of.
  var signals: [Int?] {
    switch self {
    case .lstm: [0, 1, 2, 3]
    case .gru: [0, 1, nil, 2]
    }
  }
}

/// How the parameters of a cell make up the blocks of a family, each of them in one block.
public struct FusedGates: Sendable {
  /// The parameters of one block: U x_t + W h_{t−1} + b, of which any may be absent.
  public struct Block: Sendable {
    let recurrent: String?
    let input: String?
    let bias: String?

    /// A block of these parameters: W [H,H], U [H,I], b [H].
    public init(recurrent: String? = nil, input: String? = nil, bias: String? = nil) {
      self.recurrent = recurrent
      self.input = input
      self.bias = bias
    }
  }

  let family: GateFamily
  let signals: [String]
  let blocks: [Block]

  /// The blocks of a cell.
  ///
  /// - Parameters:
  ///   - family: the equations of a step.
  ///   - signals: the cell's letters for the signals, in the order of those equations.
  ///   - blocks: a₀, a₁ …; those with a recurrent matrix before those without.
  public init(_ family: GateFamily, signals: [String], blocks: [Block]) {
    let recurrent = blocks.prefix { $0.recurrent != nil }
    precondition(
      blocks.count == family.signals.count
        && recurrent.count == blocks.count { $0.recurrent != nil },
      "other blocks than the family's")
    self.family = family
    self.signals = signals
    self.blocks = blocks
  }

  /// The letters of the states, in the order of the family.
  var states: [String] { family.states.map { signals[$0] } }

  /// The recurrent matrices, which are those of the first blocks.
  var recurrent: [String] { blocks.compactMap(\.recurrent) }
}
