/// A table of aligned columns for a terminal.
public struct TextTable: Sendable {
  /// A column with its heading.
  public enum Column: Sendable {
    /// Text.
    case left(String)
    /// Numbers.
    case right(String)

    fileprivate var heading: String {
      switch self {
      case .left(let heading), .right(let heading): heading
      }
    }
  }

  private let columns: [Column]
  private var rows: [[String]] = []

  /// A table without rows.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row, a cell for each column.
  public mutating func add(_ cells: [String]) { rows.append(cells) }

  /// The table, a line break after each row.
  public var text: String {
    let all = [columns.map(\.heading)] + rows
    let widths = columns.indices.map { column in
      all.map { column < $0.count ? $0[column].visibleWidth : 0 }.max() ?? 0
    }
    return all.map { cells in
      var line = ""
      for (index, column) in columns.enumerated() where index < cells.count {
        let padding = String(repeating: " ", count: widths[index] - cells[index].visibleWidth)
        switch column {
        case .left: line += cells[index] + padding
        case .right: line += padding + cells[index]
        }
        line += "  "
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

extension String {
  /// How many columns the text takes: characters without color codes.
  fileprivate var visibleWidth: Int {
    var width = 0
    var isCode = false
    for character in self {
      if character == "\u{1B}" { isCode = true }
      if !isCode { width += 1 }
      if isCode, character == "m" { isCode = false }
    }
    return width
  }
}
