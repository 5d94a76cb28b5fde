/// How far back gradients flow in several formulations, with weights that can be compared.
public struct FlowMeasurement: Hashable, Sendable, Codable {
  /// The sizes and the weights.
  public let options: FlowOptions
  /// The curves at each scale of the recurrent matrices.
  public let panels: [FlowPanel]

  /// The weights in words.
  public var regime: [String] {
    [
      "H = \(options.hidden), T = \(options.steps), seed \(options.seed)."
        + " Every recurrent matrix is orthogonal times the scale.",
      "A gate that carries a state on has its bias raised by \(options.gateBias.plain)"
        + " (lowered where one minus the gate carries);"
        + " leaks α lie between 0.02 and 0.2.",
    ]
  }
}

extension Double {
  /// The number without a fraction that is zero.
  var plain: String { self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)" }
}
