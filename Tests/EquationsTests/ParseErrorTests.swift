import Equations
import Testing

@Suite("What is wrong with a printed system is said with its place")
struct ParseErrorTests {
  struct Wrong: CustomTestStringConvertible {
    let what: String
    let lines: [String]
    let code: EquationError.Code
    let line: Int?
    let column: Int?
    /// What the message must say.
    let says: [String]

    init(
      _ what: String, _ lines: [String], _ code: EquationError.Code = .syntax, line: Int? = 1,
      column: Int? = nil, _ says: String...
    ) {
      self.what = what
      self.lines = lines
      self.code = code
      self.line = line
      self.column = column
      self.says = says
    }

    var testDescription: String { what }
  }

  static let syntax: [Wrong] = [
    Wrong(
      "a command that is not known", [#"h_t = \sigma(W x_t)"#, #"y_t = \frac{h_t}{2}"#], line: 2,
      column: 7, #"\frac"#),
    Wrong("a function that is no command", [#"h_t = \exp(x_t)"#], column: 7, #"\exp"#),
    Wrong("a backslash at the end", [#"h_t = x_t \"#], column: 11, "command is expected"),
    Wrong(
      "a missing parenthesis", [#"h_t = \sigma(W x_t + b"#], column: 23,
      "')' is expected", "end of the line"),
    Wrong(
      "a parenthesis too many", [#"h_t = \sigma(W x_t))"#], column: 20,
      "end of the equation is expected", "')'"),
    Wrong(
      "a bracket closed by a parenthesis", ["h_t = [x_t)"], column: 11, "']' is expected", "')'"),
    Wrong("a missing brace", ["h_{t = x_t"], column: 6, "index or a label is expected", "'='"),
    Wrong(
      "a brace around an equation that is not closed", ["{h_t = x_t"], column: 11,
      "'}' is expected", "end of the line"),
    Wrong(
      "a brace under a mark that is not closed", [#"\tilde{h_t = x_t"#], column: 12,
      "'}' is expected"),
    Wrong(
      "a brace of a font that is not closed", [#"h_t = \mathbf{x_t"#], column: 18,
      "'}' is expected"),
    Wrong(
      "a function without an argument", [#"h_t = x_t + \sigma"#], column: 13, "'sigma'",
      "no argument"),
    Wrong(
      "a sum that ends in a sign", ["h_t = x_t +"], column: 12, "'(' is expected",
      "end of the line"),
    Wrong("two signs in a row", ["h_t = x_t + - h_{t-1}"], column: 13, "is expected", "'-'"),
    Wrong("a product that ends in its sign", [#"h_t = x_t \odot"#], column: 16, "is expected"),
    Wrong("no right-hand side", ["h_t ="], column: 6, "is expected", "end of the line"),
    Wrong(
      "no left-hand side", ["= x_t"], column: 1, "signal is expected on the left-hand side", "'='"),
    Wrong("no equation sign", ["h_t"], column: 4, "'=' is expected"),
    Wrong("two equation signs", ["h_t = x_t = y_t"], column: 11, "end of the equation", "'='"),
    Wrong(
      "a chain of equations without a blank", [#"i_t = x_t \qquad f_t = x_t"#], column: 22,
      "end of the equation"),
    Wrong("a decimal number", ["h_t = 0.5 x_t"], column: 8, "whole number"),
    Wrong("a decimal number without a leading zero", ["h_t = .5 x_t"], column: 7, "whole number"),
    Wrong("a huge number", ["h_t = 99999999999999999999999999 x_t"], column: 7, "65504"),
    Wrong("a number above the largest", ["h_t = 65505 x_t"], column: 7, "65504"),
    Wrong("a huge delay", ["h_t = h_{t-9223372036854775808} + x_t"], column: 8, "1000"),
    Wrong("a delay beyond the furthest", ["h_t = h_{t-1001} + x_t"], column: 8, "1001", "1000"),
    Wrong(
      "a delay by a letter that has no number", ["h_t = W h_{t-k} + x_t"], column: 10, "'k'",
      "'delays'"),
    Wrong("a delay without a number", ["h_t = W h_{t-} + x_t"], column: 10, "'t-'"),
    Wrong("two signs in a delay", ["h_t = W h_{t--1} + x_t"], column: 10, "'-1'"),
    Wrong("two times at a letter", ["h_t^{(t-1)} = x_t"], column: 4, "one time is expected at 'h'"),
    Wrong(
      "two labels below a letter", ["h_t = W_a_b x_t"], column: 10,
      "one label is expected at 'W_a'", "'b'"),
    Wrong("two labels, one inside a mark", [#"h_t = \tilde{W_a}_b x_t"#], column: 18, "one label"),
    Wrong(
      "an arrow over nothing", [#"h_t = \overrightarrow{+} x_t"#], column: 23, "under the arrow"),
    Wrong(
      "two arrows over a letter", [#"h_t = \overrightarrow{\overleftarrow{x}}_t"#], column: 7,
      "one arrow is expected over 'x'"),
    Wrong(
      "a brace under an arrow that is not closed", [#"\overleftarrow{h_t = x_t"#], column: 20,
      "'}' is expected"),
    Wrong("a transpose", ["h_t = W^T x_t"], column: 8, "transpose is not supported"),
    Wrong("a power of a function", [#"h_t = \sigma^2(x_t)"#], column: 7, "'sigma'", "power"),
    Wrong(
      "a label of a function that is not declared", [#"h_t = \sigma_g(x_t)"#], column: 7,
      "'sigma_g' is expected in 'functions'"),
    Wrong(
      "a letter that stands like a function", [#"h_t = \varphi(x_t)"#], column: 7, "'varphi'",
      "'functions'", "'vectors'"),
    Wrong("a Latin letter that stands like a function", ["h_t = g(x_t)"], column: 7, "'g'"),
    Wrong(
      "a word that stands like a function", [#"h_t = \operatorname{ReLU}(x_t)"#], column: 7,
      "'ReLU'"),
    Wrong(
      "an environment that is not known", [#"h_t = \begin{cases} x_t \end{cases}"#], column: 7,
      "'cases'"),
    Wrong(
      "a command without its braces", [#"h_t = \text x_t"#], column: 12,
      #"'{' is expected after '\text'"#),
    Wrong(
      "a word of signs", [#"h_t = \text{../x} x_t"#], column: 13, "letters and digits", "'../x'"),
    Wrong("an empty word", [#"h_t = \text{} x_t"#], column: 13, "letters and digits"),
    Wrong("a word that is not closed", [#"h_t = \text{abc x_t"#], column: 12, "'}' is expected"),
    Wrong("a quotation that is not closed", [#"h_t = "abc x_t"#], column: 8, "is expected"),
    Wrong(
      "a stack without its end", [#"\begin{pmatrix} a_t \\ b_t = x_t"#], column: 28,
      #"'\end{pmatrix}' is expected"#),
    Wrong(
      "more rows than functions",
      [
        #"\begin{pmatrix} a_t \\ b_t \end{pmatrix} = \begin{pmatrix} \sigma \end{pmatrix} W x_t"#
      ], column: 44, "1 stacked functions need"),
    Wrong(
      "a stack of vectors without a matrix", [#"h_t = \begin{pmatrix} x_t \\ x_t \end{pmatrix}"#],
      column: 7, "need a matrix"),
    Wrong("a block out of range", ["h_t = W^{[r5/4]} x_t"], column: 7, "[r1/4;c2/2] is expected"),
    Wrong(
      "a huge block", ["h_t = W^{[c1/9223372036854775807]} x_t"], column: 7,
      "[r1/4;c2/2] is expected"),
    Wrong("a character that is no letter", ["h_t = x_t ☃"], column: 11, "U+2603"),
    Wrong("a character that is not seen", ["h_t = W\u{200B} x_t"], column: 8, "U+200B"),
    Wrong("an accent that is no mark", ["h_t = W x\u{301}_t"], column: 9, "U+301"),
    Wrong("an accent alone", ["\u{345}h_t = x_t"], column: 1, "U+345"),
    Wrong("a right-to-left mark", ["\u{200F}h_t = x_t"], column: 1, "U+200F"),
    Wrong("an emoji of several scalars", ["h_t = 👩‍👩‍👧 x_t"], column: 7, "U+1F469"),
    Wrong("no text at all, and then a NUL", ["", "h_t = \0x_t"], line: 2, column: 7, "not part"),
  ]

  static let systems: [Wrong] = [
    Wrong("an empty document", [], .definition, line: nil, "no equation"),
    Wrong(
      "a document of blank lines", ["", "   ", "\t", #"\\"#], .definition, line: nil, "no equation"),
    Wrong(
      "a signal that is not defined", ["h_t = x_t", "", "y_t = W c_t"], .definition, line: 3,
      "'c' is read and no equation defines it"),
    Wrong(
      "a signal defined twice", ["h_t = x_t", "h_t = U x_t"], .definition, line: 2,
      "'h' is defined twice"),
    Wrong(
      "an input with an equation", ["x_t = h_{t-1}", "h_t = x_t"], .definition,
      "the input 'x' is given"),
    Wrong(
      "two signals of one name", [#"h_{(a),t} = x_t"#, "h_{a,t} = x_t"], .definition, line: 2,
      "two signals have the name 'h_a'"),
    Wrong(
      "two parameters of one name", ["h_t = W_{(a)} x_t + W_{a} h_{t-1}"], .kind, line: nil,
      "two parameters have the name 'W_a'"),
    Wrong(
      "signals that need each other", ["a_t = W b_t", "b_t = V c_t", "c_t = U a_t + x_t"],
      .cycle, "a → b → c → a"),
    Wrong("a signal that needs itself", ["h_t = W h_t + x_t"], .cycle, "h → h"),
    Wrong(
      "a state read in both directions", ["h_t = W h_{t-1} + U x_t", "y_t = V h_{t+1}"],
      .unsupported, line: 2, "'h' is read at an earlier step and at a later one"),
    Wrong(
      "a recurrence in both directions",
      ["a_t = W b_{t-1} + x_t", "b_t = V c_t", "c_t = Q a_{t+1}"],
      .cycle, line: 3, "need each other at earlier and at later steps", "a, b, c"),
    Wrong(
      "a read of a later input", ["h_{t-1} = W h_{t-2} + U x_t"], .unsupported,
      "input 'x' is read at a later step"),
    Wrong(
      "a read of an earlier input", ["h_t = W h_{t-1} + U x_{t-1}"], .unsupported,
      "input 'x' is read at an earlier step"),
    Wrong(
      "a read of the last step", ["h_t = W h_{T} + U x_t"], .definition,
      "'h' is read at one step alone"),
    Wrong(
      "an input at the last step alone", ["h_t = W h_{t-1} + U x_t", "y = V h_T + Q x_T"],
      .unsupported, line: 2, "input 'x' is read at one step alone"),
    Wrong(
      "a step in an equation of the last step", ["h_t = W h_{t-1} + U x_t", "y = V h_T + h_t"],
      .definition, line: 2, "'h' is read at every step"),
    Wrong(
      "a matrix that is also a vector", ["h_t = W x_t", "y_t = V h_t + W"], .kind, line: 2,
      "'W' stands as a matrix in one place and as a vector in another"),
    Wrong(
      "a signal without its time", ["h_t = W x_t", "y_t = V h_t + h"], .kind, line: nil,
      "'h' is a signal and also stands without a time index"),
    Wrong(
      "an input without its time", ["h_t = W x + U h_{t-1} + x_t"], .kind, line: nil,
      "'x' is a signal"),
    Wrong(
      "a matrix applied to a number", ["h_t = W 1 + x_t"], .kind,
      "the matrix 'W' is applied to a number"),
    Wrong(
      "a matrix in different blocks", ["h_t = W^{[r1/2]} x_t", "g_t = W^{[r1/3]} x_t"], .shape,
      line: 2, "'W' is cut into different numbers of blocks"),
    Wrong(
      "states of two sizes", ["h_t = W h_{t-1} + V x_t", "c_t = U c_{t-1} + Z h_t"],
      .unsupported, line: nil, "states of different sizes"),
    Wrong(
      "four sizes", ["h_t = W h_{t-1} + U x_t", "y_t = V h_t", "z_t = Q y_t"], .unsupported,
      line: nil, "more than three different sizes"),
  ]

  @Test("in a line: the code, the line, the column and what was expected", arguments: syntax)
  func syntaxErrors(_ wrong: Wrong) { Self.check(wrong, Declaration.of(wrong.lines)) }

  @Test("in the system: the code, the line and the symbols", arguments: systems)
  func systemErrors(_ wrong: Wrong) { Self.check(wrong, Declaration.of(wrong.lines)) }

  static func check(_ wrong: Wrong, _ declaration: Declaration) {
    do {
      let formulation = try Formulation(declaration)
      Issue.record("read as \(formulation.equations.map(\.text))")
    } catch {
      #expect(error.code == wrong.code, "\(error)")
      #expect(error.line == wrong.line, "\(error)")
      #expect(error.column == wrong.column, "\(error)")
      #expect(error.formulation == "subject")
      for piece in wrong.says { #expect(error.message.contains(piece), "\(error)") }
      if let line = wrong.line {
        #expect(error.text == wrong.lines[line - 1])
        #expect("\(error)".hasPrefix("subject: line \(line)"))
      }
    }
  }

  @Test("a correction applies in one place, or says in how many")
  func corrections() throws {
    let lines = ["h_t = W x_t + W h_{t-1}", "y_t = V h_t"]
    func error(_ printed: String) -> EquationError? {
      let correction = Correction(printed: printed, read: "U", reason: "a test")
      do {
        _ = try Formulation(.of(lines, corrections: [correction]))
        return nil
      } catch { return error }
    }
    for (printed, count) in [("Q", 0), ("", 0), ("W", 2), ("h_", 3), ("W  x_t", 0)] {
      let error = try #require(error(printed))
      #expect(error.code == .correction)
      #expect(error.message.contains("'\(printed)'") && error.message.contains("finds \(count)"))
    }
    #expect(error("W x_t") == nil)
  }

  @Test("an output is a signal, and listed once")
  func outputs() {
    #expect { try Formulation(.of(["h_t = x_t"], outputs: ["y"])) } throws: {
      ($0 as? EquationError)?.code == .definition && "\($0)".contains("the signals h")
    }
    #expect { try Formulation(.of(["h_t = x_t"], outputs: ["h", "h"])) } throws: {
      "\($0)".contains("'h' is listed twice")
    }
  }

  @Test("an abbreviation is used as it is declared")
  func abbreviations() {
    func error(
      _ line: String, body: String, others: [String: Notation.Abbreviation] = [:]
    ) -> String {
      let own = ["F": Notation.Abbreviation(arguments: ["h", "x"], body: body)]
      let notation = Notation(
        functions: ["sigma": .logistic], abbreviations: others.merging(own) { $1 })
      do {
        return "read as \(try Formulation(.of([line], notation: notation)).equations[0].text)"
      } catch { return "\(error)" }
    }
    let body = #"\sigma(W h + U x)"#
    #expect(error("h_t = F(h_{t-1}, x_t)", body: body).contains("read as"))
    #expect(error("h_t = F(h_{t-1})", body: body).contains("'F' takes 2 arguments, not 1"))
    #expect(error("h_t = F(h_{t-1}, x_t, x_t)", body: body).contains("takes 2 arguments, not 3"))
    #expect(error("h_t = F(h_{t-1}, x_t", body: body).contains("')' is expected"))
    #expect(error("h_t = F(h_{t-1}, x_t)", body: "W h +").contains("in the body of 'F'"))
    #expect(
      error("h_t = F(h_{t-1}, x_t)", body: "W h = x").contains("the end is expected, not '='"))
    #expect(error("h_t = F(h_{t-1}, x_t)", body: "W F(h, x)").contains("without 'F' itself"))
    let mutual = ["G": Notation.Abbreviation(arguments: ["a"], body: "F(a, a)")]
    #expect(
      error("h_t = F(h_{t-1}, x_t)", body: "G(h) + x", others: mutual)
        .contains("in the body of 'G': the body of 'F' is expected without 'F' itself"))
  }

  @Test(
    "equations made by a program are held to the same bounds",
    arguments: [
      (.signal(Symbol("h"), .step(.min)), .unsupported),
      (.signal(Symbol("h"), .step(-2001)), .unsupported),
      (.signal(Symbol("h"), .step(.max)), .unsupported),
      (.signal(Symbol("h"), .step(1)), .unsupported),
      (block(columns: .init(index: 0, of: .max)), .shape),
      (block(columns: .init(index: 2, of: 2)), .shape),
      (block(columns: .init(index: 0, of: 0)), .shape),
      (block(rows: .init(index: -1, of: 2)), .shape),
      (block(rows: .init(index: 0, of: .min)), .shape),
    ] as [(Equations.Expression, EquationError.Code)])
  func handmade(_ expression: Equations.Expression, _ code: EquationError.Code) {
    let equation = Equation(
      Symbol("h"), .sum(.signal(Symbol("h"), .step(-1)), expression))
    #expect {
      try Formulation(.of([]), equations: [equation])
    } throws: {
      ($0 as? EquationError)?.code == code && ($0 as? EquationError)?.line == 1
    }
  }

  private static func block(
    rows: Matrix.Block? = nil, columns: Matrix.Block? = nil
  ) -> Equations.Expression {
    .product(
      Matrix(Symbol("W"), rows: rows, columns: columns), .signal(Symbol("x"), .step(0)))
  }

  @Test("a letter below that would be printed as a time is refused")
  func otherTimeIndex() {
    let notation = Notation(timeIndex: "i", functions: [:])
    #expect {
      try Formulation(.of(["s_i = W s_{i-1} + U x_t"], notation: notation))
    } throws: {
      ($0 as? EquationError)?.column == 22 && "\($0)".contains("'t' where 'i' counts the steps")
    }
  }

  @Test("a notation that no document has is refused by its field")
  func notations() {
    func error(_ change: (inout Notation) -> Void) -> String {
      var notation = Notation(functions: ["sigma": .logistic])
      change(&notation)
      do {
        _ = try Formulation(.of(["h_t = W h_{t-1} + U x_t"], notation: notation))
        return "no error"
      } catch {
        return error.code == .declaration ? error.message : "another error: \(error)"
      }
    }
    #expect(error { _ in } == "no error")
    #expect(error { $0.timeIndex = "" }.contains("notation.timeIndex"))
    #expect(error { $0.input = "x_t" }.contains("notation.input"))
    #expect(error { $0.unitIndex = "t" }.contains("notation.unitIndex"))
    #expect(error { $0.functions["a_b_c"] = .tanh }.contains("notation.functions"))
    #expect(error { $0.functions[""] = .tanh }.contains("notation.functions"))
    #expect(error { $0.delays["d"] = .max }.contains("notation.delays"))
    #expect(error { $0.delays["d"] = -1 }.contains("notation.delays"))
    #expect(error { $0.delays["d"] = 1000 } == "no error")
    #expect(
      error { $0.abbreviations["F"] = .init(arguments: ["a", "a"], body: "a") }
        .contains("notation.abbreviations.F"))
    #expect(
      error { $0.abbreviations["sigma"] = .init(arguments: ["a"], body: "a") }
        .contains("among the functions too"))
  }
}
