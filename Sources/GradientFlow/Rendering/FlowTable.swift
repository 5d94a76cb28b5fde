/// Some points of all curves of a panel, as rows of cells to print.
public struct FlowTable: Sendable {
  /// The heading of each column: t−k, a column for each curve and one for its bound.
  public let headings: [String]
  /// The rows, t−k growing.
  public let rows: [[String]]

  /// The table of a panel.
  public init(_ panel: FlowPanel) {
    var headings = ["t-k"]
    var columns: [[FlowNorm]] = []
    for curve in panel.curves {
      headings.append(curve.label)
      columns.append(curve.norms)
      if let bound = curve.bound {
        headings.append("bound")
        columns.append(bound.values)
      }
    }
    self.headings = headings
    let steps = (columns.first?.count ?? 1) - 1
    rows = Self.distances(upTo: steps).map { distance in
      ["\(distance)"] + columns.map { $0[distance].short }
    }
  }

  /// 1, 2, 3, 5, 10, 20, 30, 50, …, and the last one.
  private static func distances(upTo steps: Int) -> [Int] {
    var distances: [Int] = []
    var power = 1
    while power <= steps {
      distances += [1, 2, 3, 5].map { $0 * power }.filter { $0 < steps }
      power *= 10
    }
    return distances + [steps]
  }
}
