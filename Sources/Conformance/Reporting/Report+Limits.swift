extension Report {
  /// How small an error the report would have shown: every quantity where the report is on one formulation,
  /// else the medians of each; empty where no goldens were compared with.
  var limitText: String {
    var formulations: [String] = []
    for limit in limits where formulations.last != limit.formulation {
      formulations.append(limit.formulation)
    }
    guard let first = formulations.first else { return "" }
    let precisions = Precision.allCases.filter { precision in
      limits.contains { $0.precision == precision }
    }
    let table =
      formulations.count == 1
      ? quantityTable(precisions) : formulationTable(formulations, precisions)
    return """

      Detection limits, 2 × tolerance ÷ |golden|: a relative error of that size is always seen.
      \(table)
      Untested are elements whose limit is 1 or more; rnncheck run \(first) --detection-limit lists all.

      """
  }

  private func quantityTable(_ precisions: [Precision]) -> String {
    var table = TextTable(
      [.left("quantity")]
        + precisions.flatMap { precision -> [TextTable.Column] in
          [.right(precision.rawValue), .right("worst"), .right("untested")]
        })
    for limit in limits where limit.precision == precisions.first {
      table.add(
        [limit.quantity.path]
          + precisions.flatMap { precision -> [String] in
            guard
              let found = limits.first(where: {
                $0.precision == precision && $0.quantity == limit.quantity
              })
            else { return ["", "", ""] }
            return [
              found.median.limitText, found.worst.limitText,
              "\(found.untested) of \(found.elements)",
            ]
          })
    }
    return table.text
  }

  private func formulationTable(_ formulations: [String], _ precisions: [Precision]) -> String {
    var table = TextTable(
      [.left("formulation")]
        + precisions.flatMap { precision -> [TextTable.Column] in
          [.right("values \(precision.rawValue)"), .right("gradients"), .right("untested")]
        })
    for formulation in formulations {
      let own = limits.filter { $0.formulation == formulation }
      table.add(
        [formulation]
          + precisions.flatMap { precision -> [String] in
            let found = own.filter { $0.precision == precision }
            let (untested, elements) = found.reduce((0, 0)) {
              ($0.0 + $1.untested, $0.1 + $1.elements)
            }
            return [
              Self.median(found.filter { !$0.quantity.isGradient }),
              Self.median(found.filter(\.quantity.isGradient)), "\(untested) of \(elements)",
            ]
          })
    }
    return table.text
  }

  /// The median over quantities of their medians.
  private static func median(_ limits: [DetectionLimits.Limit]) -> String {
    let medians = limits.map(\.median).sorted()
    return medians.isEmpty ? "–" : medians[medians.count / 2].limitText
  }
}
