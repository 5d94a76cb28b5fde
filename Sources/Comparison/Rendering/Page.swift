/// Lays text out for a terminal: tables, wrapped sentences, colors.
struct Page {
  /// What a line is to look like where colors are set.
  enum Style {
    case plain, title, good, bad, doubtful, faint, emphasis

    fileprivate var code: String? {
      switch self {
      case .plain: nil
      case .title: "1"
      case .good: "32"
      case .bad: "31"
      case .doubtful: "33"
      case .faint: "2"
      case .emphasis: "36"
      }
    }
  }

  enum Alignment {
    case left, right
  }

  struct Row {
    let cells: [String]
    let style: Style

    init(_ cells: [String], style: Style) {
      self.cells = cells
      self.style = style
    }
  }

  let width: Int
  let color: Bool

  /// The text without control characters, which a file's names may hold, in a style.
  func styled(_ text: String, _ style: Style) -> String {
    let clean = Self.printable(text)
    guard color, let code = style.code, !clean.isEmpty else { return clean }
    return "\u{1B}[\(code)m\(clean)\u{1B}[0m"
  }

  /// How many columns a text takes: a letter with its marks takes one.
  func columns(_ text: String) -> Int { Self.printable(text).count }

  func padded(_ text: String, _ columns: Int, _ alignment: Alignment = .left) -> String {
    let space = String(repeating: " ", count: max(0, columns - self.columns(text)))
    return alignment == .left ? text + space : space + text
  }

  func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }

  /// Columns two apart, each as wide as its widest cell; columns that are empty are left out.
  func table(header: [String], _ rows: [Row], alignment: [Alignment]) -> [String] {
    let widths = header.indices.map { column in
      ([header[column]] + rows.map { $0.cells.indices.contains(column) ? $0.cells[column] : "" })
        .map(columns).max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      trimmed(
        zip(cells, widths).enumerated().filter { $0.element.1 > 0 }.map { index, cell in
          padded(cell.0, cell.1, alignment.indices.contains(index) ? alignment[index] : .left)
        }.joined(separator: "  "))
    }
    return [styled(line(header), .faint)] + rows.map { styled(line($0.cells), $0.style) }
  }

  /// The text in lines of at most the page's width, broken between words; those after the first indented.
  func wrapped(_ text: String, indent: Int) -> [String] {
    let clean = Self.printable(text)
    let start = String(clean.prefix { $0 == " " })
    var lines: [String] = []
    var line = start
    var isEmpty = true
    for word in clean.split(separator: " ") {
      if !isEmpty, columns(line) + 1 + columns(String(word)) > width {
        lines.append(line)
        line = String(repeating: " ", count: indent)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }

  private static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return String(result)
  }
}
