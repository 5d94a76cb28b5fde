import Equations
import Foundation
import Testing

@Suite("A formulation of a user's own in a JSON file")
struct DeclarationFileTests {
  static func read(_ json: String) throws -> Declaration {
    try Declaration(json: Data(json.utf8), file: "my-cell.json")
  }

  static let least = #"""
    { "id": "my-rnn", "lines": ["h_t = \\sigma(W h_{t-1} + U x_t + b)"],
      "notation": { "functions": { "sigma": "logistic" } }, "outputs": ["h"] }
    """#

  @Test("four fields are enough")
  func leastFields() throws {
    let declaration = try Self.read(Self.least)
    #expect(declaration.title == "my-rnn" && declaration.document.key == "my-rnn")
    #expect(declaration.notation == Notation(functions: ["sigma": .logistic]))
    #expect(declaration.corrections.isEmpty && declaration.reading.isEmpty)
    #expect(try Formulation(declaration).parameters.map(\.name) == ["W", "U", "b"])
  }

  @Test("every declaration is written and read again", arguments: PrintedSystems.all)
  func everyField(_ declaration: Declaration) throws {
    var declaration = declaration
    declaration.corrections = [Correction(printed: "a", read: "b", reason: "c")]
    declaration.reading = "one of two"
    declaration.notation.unitIndex = "k"
    declaration.notation.vectors = ["alpha"]
    declaration.notation.fractions = ["alpha"]
    declaration.notation.constants = ["alpha"]
    declaration.notation.inputSteps = .first
    declaration.notation.delays = ["d": 3]
    declaration.notation.abbreviations["G"] = .init(arguments: ["h"], body: "W h")
    let json = try JSONEncoder().encode(declaration)
    #expect(try Declaration(json: json, file: "a.json") == declaration)
  }

  @Test(
    "what is wrong is said with the file and the field",
    arguments: [
      ("", "it is not JSON"),
      ("{", "it is not JSON"),
      ("\u{0}\u{1}", "it is not JSON"),
      (String(repeating: "[", count: 100_000), "it is not JSON"),
      ("[]", "an object with the fields of a declaration is expected"),
      ("3", "it is not JSON"),
      ("null", "it is not JSON"),
      ("{}", "the field 'id' is missing"),
      (#"{"id": 3}"#, "the field 'id'"),
      (#"{"id": "a"}"#, "the field 'lines' is missing"),
      (#"{"id": "a", "lines": "h_t = x_t"}"#, "the field 'lines'"),
      (#"{"id": "a", "lines": ["h_t = x_t", 3]}"#, "the field 'lines[1]'"),
      (#"{"id": "a", "lines": []}"#, "the field 'notation' is missing"),
      (#"{"id": "a", "lines": [], "notation": {}}"#, "the field 'outputs' is missing"),
      (#"{"id": "a", "line": []}"#, "the field 'line' is not known; the fields are 'corrections'"),
      (
        #"{"id": "a", "lines": [], "notation": {"function": {}}}"#,
        "the field 'notation.function' is not known"
      ),
      (
        #"{"id": "a", "lines": [], "notation": {"functions": {"f": "gelu"}}}"#,
        "the field 'notation.functions.f': one of 'logistic', 'tanh', 'relu'"
      ),
      (
        #"{"id": "a", "lines": [], "notation": {"delays": {"d": 1.5}}}"#,
        "whole numbers are expected in the field 'notation.delays'"
      ),
      (
        #"{"id": "a", "lines": [], "notation": {"functions": {}, "inputSteps": "last"}}"#,
        "the field 'notation.inputSteps': 'every' or 'first' is expected"
      ),
      (
        #"{"id": "a", "lines": [], "notation": {"functions": {}, "constants": "alpha"}}"#,
        "the field 'notation.constants'"
      ),
      (
        #"{"id": "a", "lines": [], "notation": {"abbreviations": {"F": {"args": []}}}}"#,
        "the field 'notation.abbreviations.F.args' is not known"
      ),
      (
        #"{"id": "a", "lines": [], "corrections": [{"printed": "a"}], "notation": {}}"#,
        "the field 'corrections[0].read' is missing"
      ),
      (
        #"{"id": "a", "lines": [], "corrections": [{"was": "a"}], "notation": {}}"#,
        "the field 'corrections[0].was' is not known"
      ),
    ] as [(String, String)])
  func errors(_ json: String, _ says: String) throws {
    do {
      _ = try Self.read(json)
      Issue.record("read")
    } catch {
      let error = try #require(error as? EquationError)
      #expect(error.code == .declaration)
      #expect(error.message.hasPrefix("my-cell.json: "))
      #expect(error.message.contains(says), "\(error)")
    }
  }
}
