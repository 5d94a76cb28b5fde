/// One entry of a picture's legend: a curve or its bound, with its color and dashes, in every panel.
struct FlowKey {
  let text: String
  /// The classes of its path.
  let style: String
  let isBound: Bool
  private let formulation: String
  private let state: String

  /// How many colors there are; further formulations begin anew.
  static let colors = 8

  /// The entries of a measurement: each formulation's states in one color, its bound after them.
  static func keys(of flow: FlowMeasurement) -> [FlowKey] {
    guard let curves = flow.panels.first?.curves else { return [] }
    var keys: [FlowKey] = []
    var formulations: [String] = []
    var statesSoFar = 0
    for curve in curves {
      if formulations.last != curve.formulation {
        formulations.append(curve.formulation)
        statesSoFar = 0
      }
      let color = "c\((formulations.count - 1) % colors)"
      let dashes = ["", " second", " third"][min(statesSoFar, 2)]
      statesSoFar += 1
      let states = curves.count { $0.formulation == curve.formulation }
      keys.append(
        FlowKey(
          text: "\(curve.formulation)  ∂\(curve.state)_t / ∂\(curve.state)_k"
            + (states > 1 ? ", its other states at k held" : ""),
          style: "curve \(color)\(dashes)", isBound: false, formulation: curve.formulation,
          state: curve.state))
      if curve.bound != nil {
        keys.append(
          FlowKey(
            text: "\(curve.formulation)  bound (β_W β_h)^(t−k)", style: "bound \(color)",
            isBound: true, formulation: curve.formulation, state: curve.state))
      }
    }
    return keys
  }

  /// The points of the entry in a panel.
  func values(in panel: FlowPanel) -> [FlowNorm]? {
    let curve = panel.curves.first { $0.formulation == formulation && $0.state == state }
    return isBound ? curve?.bound?.values : curve?.norms
  }
}
