import Foundation

/// A curve drawn with plain characters: `*` is the curve, `-` a level to compare it with.
public struct LossPlot: Sendable {
  /// The curve and the level as lines of text, each with a line break.
  public let text: String

  /// A plot.
  ///
  /// - Parameters:
  ///   - values: the curve, finite numbers.
  ///   - level: what it is compared with.
  ///   - width: the characters of a line, labels included; at least 24 are used.
  ///   - height: the lines of the curve, two or more.
  public init(_ values: [Double], level: Double, width: Int, height: Int = 12) {
    let labels = 9
    let columns = max(1, min(max(width, 24) - labels - 2, values.count))
    let rows = max(height, 2)
    let top = max(values.max() ?? 0, level)
    let bottom = min(values.min() ?? 0, 0)
    let span = top > bottom ? top - bottom : 1
    func row(of value: Double) -> Int {
      rows - 1 - Int(((value - bottom) / span * Double(rows - 1)).rounded())
    }
    var lines = [[Character]](
      repeating: [Character](repeating: " ", count: columns), count: rows)
    lines[row(of: level)] = [Character](repeating: "-", count: columns)
    for column in 0..<columns {
      // A column shows every row that the curve passes through in its share of the steps.
      let start = column * values.count / columns
      let end = max((column + 1) * values.count / columns, start + 1)
      let passed = values[start..<min(end, values.count)].map(row)
      guard let first = passed.min(), let last = passed.max() else { continue }
      for row in first...last { lines[row][column] = "*" }
    }
    var text = ""
    for (index, line) in lines.enumerated() {
      let value = top - Double(index) / Double(rows - 1) * span
      let isLabelled = index == 0 || index == rows - 1 || index == row(of: level)
      let label = isLabelled ? (index == row(of: level) ? level : value).figures : ""
      text += String(repeating: " ", count: max(0, labels - label.count)) + label + " |"
      text += String(line).trimmingTrailingSpaces + "\n"
    }
    let last = "\(max(values.count - 1, 0))"
    text += String(repeating: " ", count: labels) + " +" + String(repeating: "-", count: columns)
    text += "\n" + String(repeating: " ", count: labels + 2) + "0"
    text += String(repeating: " ", count: max(1, columns - 1 - last.count)) + last + " steps\n"
    self.text = text
  }
}

extension Double {
  /// Four significant figures.
  var figures: String { String(format: "%.4g", self) }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
