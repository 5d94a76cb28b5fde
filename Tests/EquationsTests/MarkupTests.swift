import Equations
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("MathML and LaTeX are well formed")
struct MarkupTests {
  @Test(
    "MathML is XML, every element with as many parts as it must have", arguments: PrintedSystems.all
  )
  func mathML(_ declaration: Declaration) throws {
    let formulation = try Formulation(declaration)
    let system = try? GradientSystem(of: formulation)
    let markup =
      formulation.equations.map(\.mathML) + (system?.mathML(input: formulation.input) ?? [])
    #expect(markup.count > formulation.equations.count || declaration.id.contains("classification"))
    for text in markup { #expect(MathMLReader.problems(in: text) == [], "\(text)") }
  }

  @Test("what stands in labels does not break MathML")
  func escapes() throws {
    let symbol = Symbol("<&>", marks: [.tilde, .delta], lower: "a<b", upper: "&amp;")
    let equation = Equation(symbol, .hadamard(.vector(symbol), .inner(.number(1), .number(2))))
    #expect(MathMLReader.problems(in: equation.mathML) == [])
    #expect(equation.mathML.contains("<mi>&lt;&amp;&gt;</mi>"))
  }

  @Test("the reader of these tests finds a fault")
  func reader() {
    #expect(MathMLReader.problems(in: "<math><mi>a</math>") != [])
    #expect(MathMLReader.problems(in: "<math><msup><mi>a</mi></msup></math>") != [])
    #expect(MathMLReader.problems(in: "<math><mn>1 & 2</mn></math>") != [])
  }

  @Test("LaTeX closes every brace and sets no second script", arguments: PrintedSystems.all)
  func latex(_ declaration: Declaration) throws {
    let formulation = try Formulation(declaration)
    let system = try? GradientSystem(of: formulation)
    for line in formulation.equations.map(\.latex) + (system?.latex(input: formulation.input) ?? [])
    {
      #expect(Self.scriptProblem(in: line) == nil, "\(line)")
    }
    #expect(Self.scriptProblem(in: "W^{a}^{b}") != nil)
    #expect(Self.scriptProblem(in: "W_{a}^{b} x_t^{c}") == nil)
    #expect(Self.scriptProblem(in: "{W^{a}^{b}") != nil)
  }

  /// What TeX would refuse: an open brace, or two scripts of one kind in a row.
  static func scriptProblem(in text: String) -> String? {
    // The scripts that the last atom of each open group already has.
    var groups: [Set<Character>] = [[]]
    var isScript = false
    for character in text {
      switch character {
      case "{":
        groups.append([])
        if !isScript { groups[groups.count - 2] = [] }
        isScript = false
      case "}":
        guard groups.count > 1 else { return "a brace too many" }
        groups.removeLast()
      case "_", "^":
        guard groups[groups.count - 1].insert(character).inserted else {
          return "a second \(character)"
        }
        isScript = true
      default:
        if !isScript { groups[groups.count - 1] = [] }
        isScript = false
      }
    }
    return groups.count == 1 ? nil : "a brace is open"
  }
}

/// Reads MathML by Foundation's parser and counts the parts of every element.
final class MathMLReader: NSObject, XMLParserDelegate {
  private static let counts = [
    "msub": 2, "msup": 2, "mover": 2, "munder": 2, "mfrac": 2, "msubsup": 3, "math": 1,
  ]
  private static let known = Set(counts.keys).union(["mrow", "mi", "mn", "mo", "mtext"])

  private var parts: [Int] = [0]
  private var problems: [String] = []

  static func problems(in text: String) -> [String] {
    let reader = MathMLReader()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = reader
    if !parser.parse() || parser.parserError != nil { reader.problems.append("not XML") }
    if reader.parts != [1] { reader.problems.append("an element is not closed") }
    return reader.problems
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    if !Self.known.contains(name) { problems.append("<\(name)> is no element of MathML") }
    parts[parts.count - 1] += 1
    parts.append(0)
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    let count = parts.removeLast()
    if let expected = Self.counts[name], count != expected {
      problems.append("<\(name)> has \(count) parts, not \(expected)")
    }
  }
}
