import Equations
import Testing

@Suite("One meaning, several prints")
struct ReadingTests {
  /// The plain text of what a line is read as.
  static func read(
    _ line: String,
    notation: Notation = Notation(functions: ["sigma": .logistic, "f": .tanh])
  ) throws -> [String] {
    try Formulation(.of([line], notation: notation)).equations.map(\.text)
  }

  @Test(
    "a print is read as another one",
    arguments: [
      (#"\mathbf{h}_t = \mathbf{W} \boldsymbol{x_t}"#, ["h_t = W x_t"]),
      (#"\mathbf h_t = \vec{x}_{t}"#, ["h_t = x_t"]),
      (#"\[ h_t = \left( W x_t \right) \]"#, ["h_t = W x_t"]),
      (#"$h_t\ \gets\, W\;x_t$."#, ["h_t = W x_t"]),
      (#"\begin{equation*} h_t = x_t \end{equation*}"#, ["h_t = x_t"]),
      (#"h_t = x_t, \quad y_t = h_t; z_t = h_t"#, ["h_t = x_t", "y_t = h_t", "z_t = h_t"]),
      (#"h_{t+1} = \sigma(W h_{t} + U x_{t+1})"#, ["h_t = σ(W h_{t-1} + U x_t)"]),
      (#"h[t] = x_t"#, []),
      (#"h_{[t]} = x^{(t)}"#, ["h_t = x_t"]),
      (#"ĩ_t = \tilde{i}_{t-1} ⊙ x_t"#, ["i\u{303}_t = i\u{303}_{t-1} ⊙ x_t"]),
      (#"h_t = W_{01} x_t + W_{1} x_t"#, ["h_t = W_{01} x_t + W_1 x_t"]),
      (#"h_t = W^{[c]} x_t + W^{[r]} h_{t-1}"#, ["h_t = W^{[c]} x_t + W^{[r]} h_{t-1}"]),
      (#"h_t = W U h_{t-1} + x_t"#, ["h_t = W U h_{t-1} + x_t"]),
      (#"h_t = \sigma \sigma U x_t"#, ["h_t = σ(σ(U x_t))"]),
      (#"h_t = 2 W x_t - (-b)"#, ["h_t = 2 ⊙ W x_t - (-b)"]),
      (#"\text{net}_t = U x_t + \text{net}_{t-1}"#, ["\"net\"_t = U x_t + \"net\"_{t-1}"]),
      (
        #"\left[\begin{matrix} a_t \\ b_t \end{matrix}\right] = x_t"#, []
      ),
    ] as [(String, [String])])
  func prints(_ line: String, _ expected: [String]) throws {
    guard !expected.isEmpty else {
      #expect(throws: EquationError.self) { try Self.read(line) }
      return
    }
    #expect(try Self.read(line) == expected)
  }

  @Test("functions are told apart by their labels")
  func labelledFunctions() throws {
    let notation = Notation(functions: ["sigma_g": .logistic, "sigma_c": .tanh])
    let formulation = try Formulation(
      .of([#"h_t = \sigma_c(W h_{t-1} + \sigma_{g}(U x_t))"#], notation: notation))
    let equation = formulation.equations[0]
    #expect(equation.text == "h_t = σ_c(W h_{t-1} + σ_g(U x_t))")
    #expect(equation.latex == #"h_{t} = \sigma_{c}(W h_{t-1} + \sigma_{g}(U x_{t}))"#)
    #expect(equation.mathML.contains("<msub><mi>σ</mi><mtext>c</mtext></msub>"))
    guard case .apply(let function, _) = equation.expression else {
      Issue.record("no function")
      return
    }
    #expect(function == Function("sigma_c", .tanh))
    #expect(try Formulation(.of([equation.latex], notation: notation)).equations == [equation])
    #expect(throws: EquationError.self) {
      try Formulation(.of([#"h_t = \sigma(W h_{t-1} + U x_t)"#], notation: notation))
    }
  }

  @Test("a letter is a gate with a time and a function without")
  func gateAndFunction() throws {
    #expect(
      try Formulation(.of(["f_t = f(W x_t)", "h_t = f_t f(V x_t) + h_{t-1}"])).equations.map(\.text)
        == ["f_t = f(W x_t)", "h_t = f_t ⊙ f(V x_t) + h_{t-1}"])
  }

  @Test("the rows of a stacked equation are those of the matrices of an abbreviation too")
  func stackedAbbreviation() throws {
    let notation = Notation(
      functions: ["sigma": .logistic],
      abbreviations: ["F": .init(arguments: ["h", "x"], body: #"\sigma(W h + U x)"#)])
    let line = #"\begin{pmatrix} a_t \\ b_t \end{pmatrix} = F(b_{t-1}, x_t)"#
    #expect(
      try Self.read(line, notation: notation) == [
        "a_t = σ(W^{[r1/2]} b_{t-1} + U^{[r1/2]} x_t)",
        "b_t = σ(W^{[r2/2]} b_{t-1} + U^{[r2/2]} x_t)",
      ])
  }

  @Test("a system that does not read its input, and one of a number alone")
  func withoutInput() throws {
    let formulation = try Formulation(.of(["h_t = W h_{t-1} + b", "y_t = 1"]))
    #expect(formulation.axis(of: formulation.input) == .input)
    #expect(formulation.parameters.map { $0.shape.description } == ["[H,H]", "[H]"])
  }

  @Test("a name in files has no bracket and no slash")
  func names() {
    #expect(Symbol("W", lower: "[i/o]", upper: "(hs)").name == "W_io_hs")
    #expect(Symbol("h", marks: [.tilde, .hat], lower: "a,b").name == "h_tilde_hat_a,b")
  }
}
