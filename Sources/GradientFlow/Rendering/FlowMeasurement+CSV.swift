extension FlowMeasurement {
  /// Every point of every curve, a row each under a heading.
  ///
  /// ```
  /// scale,formulation,state,t_minus_k,norm,log10_norm,bound,log10_bound
  /// ```
  /// The logarithm of an exact zero, and the bound of a formulation without one, are empty. A norm may
  /// lie outside the range of float64; its logarithm never does.
  public var csv: String {
    var text = "scale,formulation,state,t_minus_k,norm,log10_norm,bound,log10_bound\n"
    for panel in panels {
      for curve in panel.curves {
        for (distance, norm) in curve.norms.enumerated() {
          let bound = curve.bound?.values[distance]
          let cells = [
            panel.scale.plain, curve.formulation, curve.state, "\(distance)", norm.decimal,
            norm.log10.map { "\($0)" } ?? "", bound?.decimal ?? "",
            bound?.log10.map { "\($0)" } ?? "",
          ]
          text += cells.map(\.quotedForCSV).joined(separator: ",") + "\n"
        }
      }
    }
    return text
  }
}

extension String {
  /// The text in quotes where it holds what CSV reserves.
  fileprivate var quotedForCSV: String {
    guard contains(where: { "\",\n\r".contains($0) }) else { return self }
    return "\"" + reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) } + "\""
  }
}
