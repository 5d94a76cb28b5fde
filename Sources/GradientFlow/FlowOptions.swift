/// The sizes and the weights that gradient flow is measured with, the same for every formulation.
public struct FlowOptions: Hashable, Sendable, Codable {
  /// H, which serves for I and O too.
  public var hidden: Int
  /// T, the steps that a gradient flows back through.
  public var steps: Int
  /// The seed of every number.
  public var seed: UInt64
  /// The singular values of the recurrent matrices: a panel for each.
  public var scales: [Double]
  /// What is added to the bias of a gate that carries a state on, so that it is nearly open; taken from
  /// it where the state is carried on by one minus the gate.
  public var gateBias: Double

  /// Options; by default one scale at which gradients vanish and one at which they explode.
  public init(
    hidden: Int = 16, steps: Int = 50, seed: UInt64 = 1, scales: [Double] = [0.5, 3],
    gateBias: Double = 4
  ) {
    self.hidden = hidden
    self.steps = steps
    self.seed = seed
    self.scales = scales
    self.gateBias = gateBias
  }
}
