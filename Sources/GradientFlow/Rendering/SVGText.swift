import Foundation

/// An SVG document in the making.
struct SVGText {
  private var text = ""

  /// The document with its end.
  var closed: String { text + "</svg>\n" }

  mutating func open(width: Double, height: Double, title: String, description: String) {
    text += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width.rounded2)"
    text += " \(height.rounded2)\" width=\"\(width.rounded2)\" height=\"\(height.rounded2)\""
    text += " role=\"img\" aria-labelledby=\"title description\">\n"
    text += "<title id=\"title\">\(title.escapedForXML)</title>\n"
    text += "<desc id=\"description\">\(description.escapedForXML)</desc>\n"
  }

  mutating func style(_ css: String) { text += "<style>\n\(css)\n</style>\n" }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, class name: String
  ) {
    text += "<rect x=\"\(x.rounded2)\" y=\"\(y.rounded2)\" width=\"\(width.rounded2)\""
    text += " height=\"\(height.rounded2)\" class=\"\(name)\"/>\n"
  }

  mutating func path(_ path: String, class name: String) {
    text += "<path d=\"\(path)\" class=\"\(name)\"/>\n"
  }

  mutating func text(_ words: String, x: Double, y: Double, class name: String) {
    text += "<text x=\"\(x.rounded2)\" y=\"\(y.rounded2)\" class=\"\(name)\">"
    text += "\(words.escapedForXML)</text>\n"
  }

  /// 10 with an exponent; 1 where that is 0.
  mutating func power(of exponent: Int, x: Double, y: Double, class name: String) {
    // Raised letters of the font itself: every program places them right.
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let raised = String(exponent.magnitude).compactMap(\.wholeNumberValue).map { digits[$0] }
    text(
      exponent == 0 ? "1" : "10" + (exponent < 0 ? "⁻" : "") + String(raised), x: x, y: y,
      class: name)
  }

  /// A line through the logarithms of norms, broken where one is zero; a point alone is a dot.
  mutating func curve(
    _ norms: [FlowNorm], x: (Int) -> Double, y: (Double) -> Double, class name: String
  ) {
    var pieces: [[(Double, Double)]] = [[]]
    for (distance, norm) in norms.enumerated() {
      if let logarithm = norm.log10 {
        pieces[pieces.count - 1].append((x(distance), y(logarithm)))
      } else if pieces.last?.isEmpty == false {
        pieces.append([])
      }
    }
    for piece in pieces {
      if piece.count == 1, let (x, y) = piece.first {
        text += "<circle cx=\"\(x.rounded2)\" cy=\"\(y.rounded2)\" r=\"2.4\" class=\"\(name)\"/>\n"
      } else if piece.count > 1 {
        let points = piece.map { "\($0.0.rounded2) \($0.1.rounded2)" }.joined(separator: " L ")
        path("M \(points)", class: name)
      }
    }
  }
}

extension Double {
  /// Two decimals: finer than a pixel.
  var rounded2: String {
    let rounded = (self * 100).rounded() / 100
    return rounded == rounded.rounded() && rounded.magnitude < 1e9
      ? "\(Int(rounded))" : "\(rounded)"
  }
}

extension String {
  /// The text with what XML reserves replaced, and without the control characters that it forbids.
  fileprivate var escapedForXML: String {
    unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _ where scalar.properties.generalCategory == .control: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
