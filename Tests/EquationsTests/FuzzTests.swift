import Equations
import Testing

/// Pseudorandom numbers of a seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("Damaged systems are read or refused, and what is read is printed as it is")
struct FuzzTests {
  /// What lines are damaged with: the grammar's own pieces and some that it has not.
  static let pieces: [String] =
    PrintedSystems.all.flatMap(\.lines).flatMap { line in
      line.split(separator: " ").map(String.init)
    } + [
      "\\", "\\\\", "{", "}", "(", ")", "[", "]", "_", "^", "_t", "_{t-1}", "^{(t)}", "^T", "=",
      "+",
      "-", ",", ";", ".", "&", "$", "\"", "'", "/", "0", "1", "2", "0.5", "99999999999999999999",
      "T",
      "t", "i", "\\odot", "\\sigma", "\\tanh", "\\tilde", "\\hat{", "\\bar{h}", "\\text{net}",
      "\\mathbf{", "\\begin{pmatrix}", "\\end{pmatrix}", "\\begin{align}", "\\text{softmax}", "σ",
      "−",
      "h\u{303}", "\u{303}", "ñ", "α", "µ", "←", "⊙", "\u{200B}", "👩‍👩‍👧", "é", "漢", "\t", "\r\n",
      "[r1/4;c2/2]", "^{[r2/2]}", "_{01}", "_{a,b}", "_{[x]}", "f(", "F_i(", "W", "x_t", "h_t",
      "h_{t-d}",
    ]

  static func damaged(
    _ declaration: Declaration, by generator: inout SeededGenerator
  ) -> Declaration {
    var declaration = declaration
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let index = declaration.lines.indices.randomElement(using: &generator) ?? 0
      var line = Array(declaration.lines[index])
      let position = Int.random(in: 0...line.count, using: &generator)
      let end = min(line.count, position + Int.random(in: 0...3, using: &generator))
      let piece = Array(pieces.randomElement(using: &generator) ?? "")
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: line.removeSubrange(position..<end)
      case 1, 2: line.insert(contentsOf: piece, at: position)
      case 3, 4: line.replaceSubrange(position..<end, with: piece)
      case 5 where line.count > 1:
        line.swapAt(position % line.count, Int.random(in: line.indices, using: &generator))
      case 6: line.insert(contentsOf: line[position..<end], at: position)
      default:
        let other = Int.random(in: declaration.lines.indices, using: &generator)
        declaration.lines.swapAt(index, other)
        continue
      }
      declaration.lines[index] = String(line)
    }
    return declaration
  }

  @Test("two thousand damaged versions of every printed system", arguments: PrintedSystems.all)
  func damagedSystems(_ declaration: Declaration) throws {
    var generator = SeededGenerator(state: 17)
    var readCount = 0
    for round in 0..<2000 {
      let damaged = Self.damaged(declaration, by: &generator)
      let formulation: Formulation
      do {
        formulation = try Formulation(damaged)
      } catch {
        #expect(!error.description.isEmpty)
        continue
      }
      readCount += 1
      for print in [\Equation.latex, \Equation.text] {
        let printed = try damaged.reprinted(formulation.equations) { $0[keyPath: print] }
        do {
          let again = try Formulation(printed)
          #expect(
            again.equations == formulation.equations, "round \(round): \(damaged.lines)")
        } catch {
          Issue.record("round \(round): \(damaged.lines) is printed as \(error)")
        }
      }
      for equation in formulation.equations { #expect(!equation.mathML.isEmpty) }
      if let system = try? GradientSystem(of: formulation) {
        #expect(!system.text(input: formulation.input).isEmpty)
      }
    }
    #expect(readCount > 100, "most damage must not make every system unreadable")
    #expect(readCount < 1900, "some damage must")
  }

  @Test("two thousand lines of random pieces")
  func randomLines() {
    var generator = SeededGenerator(state: 99)
    let notation = Notation(
      unitIndex: "i", functions: ["sigma": .logistic, "f": .tanh], vectors: ["alpha"],
      delays: ["d": 2], abbreviations: ["F": .init(arguments: ["h", "x"], body: "W h + U x")])
    for _ in 0..<2000 {
      let line = (0..<Int.random(in: 1...40, using: &generator))
        .map { _ in Self.pieces.randomElement(using: &generator) ?? "" }
        .joined(separator: Bool.random(using: &generator) ? " " : "")
      let read = try? Formulation(.of([line], notation: notation))
      #expect(read.map { !$0.equations.isEmpty } ?? true)
    }
  }

  /// A line whose text is too long for a log.
  struct Large: Sendable, CustomTestStringConvertible {
    let what, line: String
    var testDescription: String { what }

    init(_ what: String, _ line: String) {
      self.what = what
      self.line = line
    }
  }

  /// Lines that once took the stack or the time that there is.
  static let large: [Large] = [
    Large("parentheses", "h_t = " + repeated("(") + "x_t" + repeated(")")),
    Large("open parentheses", "h_t = " + repeated("(")),
    Large("braces", repeated("{")),
    Large("fonts", "h_t = " + repeated(#"\mathbf{"#) + "x_t"),
    Large("marks", "h_t = " + repeated(#"\tilde"#) + " x_t"),
    Large("braced marks", "h_t = " + repeated(#"\tilde{"#)),
    Large("combining marks", "h_t = x" + repeated("\u{303}") + "_t"),
    Large("functions", "h_t = " + repeated(#"\sigma "#) + "x_t"),
    Large("matrices", "h_t = " + repeated("W ") + "x_t"),
    Large("addends", "h_t = x_t" + repeated(" + x_t")),
    Large("differences", "h_t = " + repeated("-(") + "x_t" + repeated(")")),
    Large("factors", "h_t = x_t" + repeated(#" \odot x_t"#)),
    Large("letters without a blank", "h_t = " + repeated("a")),
    Large("digits", "h_t = " + repeated("7") + "x_t"),
    Large("digits below", "h_t = W_{" + repeated("7") + "} x_t"),
    Large("times", "h_t = x" + repeated("_t")),
    Large("labels", "h_t = W_{" + repeated("a,") + "} x_t"),
    Large("scripts that are not closed", "h_t = x_{" + repeated("t")),
    Large("signs", "h_t = " + repeated("+")),
    Large("equations", repeated("h_t = x_t, ")),
    Large("separators", repeated(#"\\"#)),
    Large("blanks", repeated(" ") + "h_t = x_t"),
    Large("rows", #"\begin{pmatrix}"# + repeated(#"a_t \\"#)),
    Large("stacks", "h_t = W " + repeated(#"\begin{pmatrix}"#)),
    Large("tags", repeated(#"\tag{1}"#)),
    Large("environments", repeated(#"\begin{align}"#)),
    Large("softmaxes", "h_t = " + String(repeating: #"\text{softmax} "#, count: 200) + "x_t"),
    Large(
      "abbreviations",
      "h_t = " + String(repeating: "F(", count: 60) + "x_t"
        + String(repeating: ")", count: 60)
    ),
    Large("abbreviations of abbreviations", "h_t = A(x_t)"),
  ]

  private static func repeated(_ piece: String) -> String {
    String(repeating: piece, count: 100_000)
  }

  @Test("very long and very deep lines are refused, or read", arguments: large)
  func largeLines(_ large: Large) {
    let (what, line) = (large.what, large.line)
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ").map(String.init)
    let doubling = zip(letters, letters.dropFirst()).map { name, next in
      (name, Notation.Abbreviation(arguments: ["x"], body: "\(next)(x) + \(next)(x)"))
    }
    var notation = Notation(functions: ["sigma": .logistic])
    notation.abbreviations =
      what == "abbreviations of abbreviations"
      ? Dictionary(uniqueKeysWithValues: doubling)
      : what == "abbreviations" ? ["F": .init(arguments: ["x"], body: "x + x")] : [:]
    do {
      let formulation = try Formulation(.of([line], notation: notation))
      #expect(
        ["blanks", "softmaxes", "digits below", "labels"].contains(what),
        "\(formulation.equations.count) equations")
      let system = try? GradientSystem(of: formulation)
      #expect(system == nil || what != "softmaxes")
    } catch {
      #expect(!["blanks", "softmaxes"].contains(what), "\(error)")
      #expect(error.description.utf8.count < 101_000 * 8)
    }
  }
}
