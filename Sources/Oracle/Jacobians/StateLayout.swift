import Equations

/// Where the units of all states that a step reads stand, in a row.
///
/// A formulation that reads a state d steps back carries d copies of it, and its Jacobian is the companion
/// matrix of them:
/// ```
/// (h_t; h_{t-1}; …; h_{t-d+1}) from (h_{t-1}; h_{t-2}; …; h_{t-d})
/// ```
public struct StateLayout: Hashable, Sendable {
  /// One copy of one state.
  public struct Slot: Hashable, Sendable {
    /// The state.
    public let state: Symbol
    /// How many steps back, from 1.
    public let lag: Int
    /// The positions of its units.
    public let range: Range<Int>
  }

  /// The copies: every state at t−1, t−2, … as far as it is read, in the states' order.
  public let slots: [Slot]

  /// How many units there are.
  public var width: Int { slots.last?.range.upperBound ?? 0 }

  /// The layout of a formulation's states.
  public init(of formulation: Formulation, sizes: Sizes) {
    var slots: [Slot] = []
    for state in formulation.states {
      for lag in 1...formulation.longestLag(of: state) {
        let start = slots.last?.range.upperBound ?? 0
        slots.append(
          Slot(
            state: state, lag: lag, range: start..<(start + sizes[formulation.axis(of: state)])))
      }
    }
    self.slots = slots
  }

  /// The positions of a state some steps back; empty where the formulation does not read it there.
  public func range(of state: Symbol, lag: Int = 1) -> Range<Int> {
    slots.first { $0.state == state && $0.lag == lag }?.range ?? 0..<0
  }
}

extension Formulation {
  /// How far back an equation reads a state, at least one step.
  public func longestLag(of state: Symbol) -> Int {
    equations.flatMap { $0.expression.reads }.reduce(1) { longest, read in
      if read.symbol == state, case .step(let offset) = read.time { return max(longest, -offset) }
      return longest
    }
  }
}
