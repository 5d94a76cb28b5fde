/// How one state's gradient flows back through the steps of one formulation.
public struct FlowCurve: Hashable, Sendable, Codable {
  /// The bound (β_W β_h)^(t−k) of a cell without gates.
  public struct Bound: Hashable, Sendable, Codable {
    /// β_W, the norm of the recurrent matrix.
    public let matrixNorm: FlowNorm
    /// β_h, the greatest slope of the nonlinearity.
    public let slope: Double
    /// The bound for t−k = 0, 1, …, T.
    public let values: [FlowNorm]
  }

  /// The identifier of the formulation.
  public let formulation: String
  /// The name of the state s.
  public let state: String
  /// ‖∂s_T/∂s_k‖₂ for T−k = 0, 1, …, T, the other states at k held fixed.
  public let norms: [FlowNorm]
  /// What no norm exceeds; nil where the formulation has gates or several roads from step to step.
  public let bound: Bound?

  /// The curve's name in tables and pictures: `donahue-lstm ∂c`.
  public var label: String { "\(formulation) ∂\(state)" }
}

/// The curves of all formulations with recurrent matrices of one scale.
public struct FlowPanel: Hashable, Sendable, Codable {
  /// The singular values of the recurrent matrices.
  public let scale: Double
  /// A curve for each state of each formulation, in the order in which they were named.
  public let curves: [FlowCurve]
}
