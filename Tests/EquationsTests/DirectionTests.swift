import Equations
import Testing

@Suite("Reads at later steps and letters with arrows")
struct DirectionTests {
  static func printed(_ id: String) throws -> Formulation {
    try Formulation(#require(PrintedSystems.all.first { $0.id == id }))
  }

  @Test("a name has base, marks, labels, layer and direction in this order")
  func names() {
    #expect(Symbol("s", direction: .forward).name == "s_forward")
    #expect(Symbol("W", lower: "xi", layer: 2, direction: .backward).name == "W_xi_2_backward")
    #expect(Symbol("s", upper: "(2)", direction: .forward).name == "s_2_forward")
    #expect(Symbol("W", marks: [.tilde], upper: "(hs)", layer: 1).name == "W_tilde_hs_1")
  }

  @Test(
    "an arrow is read in every print of it",
    arguments: [
      #"\overleftarrow{h}_t = W \overleftarrow{h}_{t+1} + U x_t"#,
      #"\overleftarrow{h_t} = W \overleftarrow{h_{t+1}} + U x_t"#,
      #"\overleftarrow h_t = W \overleftarrow h_{t+1} + U x_t"#,
      "h\u{20D6}_t = W h\u{20D6}_{t+1} + U x_t",
    ])
  func arrows(_ line: String) throws {
    let formulation = try Formulation(.of([line], outputs: ["h_backward"]))
    #expect(formulation.states == [Symbol("h", direction: .backward)])
    #expect(formulation.direction(of: formulation.states[0]) == .backward)
    #expect(formulation.longestLead == 1 && formulation.longestLag == 0)
  }

  @Test("a mark and an arrow print and are read in either order")
  func marks() throws {
    let symbol = Symbol("h", marks: [.tilde], direction: .forward)
    for line in [
      #"\tilde{\overrightarrow{h}}_t = U x_t"#, #"\overrightarrow{\tilde{h}}_t = U x_t"#,
      "h\u{20D7}\u{303}_t = U x_t", "h\u{303}\u{20D7}_t = U x_t",
    ] {
      #expect(try Formulation(.of([line])).signals == [symbol], "\(line)")
    }
    let equation = Equation(symbol, .signal(Symbol("x"), .step(0)))
    #expect(equation.latex == #"\tilde{\overrightarrow{h}}_{t} = x_{t}"#)
    #expect(equation.text == "h\u{20D7}\u{303}_t = x_t")
    let word = Equation(
      Symbol("net", direction: .backward), .signal(Symbol("x"), .step(0)))
    for print in [word.latex, word.text] {
      #expect(try Formulation(.of([print])).equations == [word])
    }
  }

  @Test("a system without a later read is one phase forward, in the order of its dependencies")
  func onePhase() throws {
    for declaration in PrintedSystems.all where !declaration.id.contains("bidirectional") {
      let formulation = try Formulation(declaration)
      #expect(formulation.phases.count == 1 && formulation.phases[0].direction == .forward)
      #expect(formulation.longestLead == 0)
      #expect(formulation.states.allSatisfy { formulation.direction(of: $0) == .forward })
    }
  }

  @Test("phases of one direction follow each other as they need each other")
  func phases() throws {
    func described(_ formulation: Formulation) -> [String] {
      formulation.phases.map { phase in
        "\(phase.direction): "
          + phase.positions.map { formulation.signals[$0].name }.joined(separator: " ")
      }
    }
    #expect(
      try described(Self.printed("elman-bidirectional")) == [
        "forward: s_forward", "backward: s_backward", "forward: o",
      ])
    #expect(
      try described(Self.printed("elman-deep-bidirectional")) == [
        "forward: s_1_forward", "backward: s_1_backward s_2_backward", "forward: s_2_forward o",
      ])
    #expect(
      try described(
        Formulation(.of(["k_t = W k_{t+1} + h_{t+1}", "h_t = f(g_t)", "g_t = U x_t + b"]))) == [
          "forward: g h", "backward: k",
        ])
    #expect(
      try described(Formulation(.of(["y_t = V g_{t+1}", "g_t = f(U x_t)"]))) == [
        "forward: g", "forward: y",
      ])
  }

  @Test("what differs by its layer or its direction alone has one size")
  func sizes() throws {
    let formulation = try Formulation(
      .of([
        #"h_t = f(W h_{t-1} + U x_t)"#, #"\overrightarrow{y}_t = V h_t"#,
        #"\overleftarrow{y}_t = Q h_t"#,
      ]))
    #expect(formulation.signals.dropFirst().allSatisfy { formulation.axis(of: $0) == .output })
  }

  @Test("the gradient of a backward state runs forward")
  func gradient() throws {
    let system = try GradientSystem(
      of: Formulation(
        .of([#"h_t = f(W h_{t+1} + U x_t)"#], outputs: ["h"])))
    #expect(
      system.text(input: Symbol("x")) == [
        "δh_t = (∂E/∂h_t + Wᵀ δh_{t-1}) ⊙ (1 - h_t²)", "x̄_t = Uᵀ δh_t",
        "∂E/∂W = Σ_t δh_t h_{t+1}ᵀ", "∂E/∂U = Σ_t δh_t x_tᵀ",
      ])
  }
}

@Suite("Constants and inputs at the first step alone")
struct NotationTests {
  @Test("a constant is a parameter without a gradient")
  func constants() throws {
    var declaration = Declaration.of(
      [#"h_t = a \odot h_{t-1} + f(U x_t)"#],
      notation: Notation(functions: ["f": .tanh], vectors: ["a"], constants: ["a"]),
      outputs: ["h"])
    let formulation = try Formulation(declaration)
    #expect(formulation.parameters.map(\.name) == ["a", "U"])
    #expect(formulation.learned.map(\.name) == ["U"])
    let system = try GradientSystem(of: formulation)
    #expect(system.parameters.map(\.symbol.name) == ["U"])
    #expect(!system.text(input: formulation.input).contains { $0.hasPrefix("∂E/∂a") })
    declaration.notation.constants = ["a", "c"]
    #expect {
      try Formulation(declaration)
    } throws: {
      ($0 as? EquationError)?.code == .definition
        && "\($0)".contains("the constant 'c' is not among the parameters a, U")
    }
  }

  @Test("an input at the first step alone is said so in every print")
  func firstInput() throws {
    let declaration = Declaration.of(
      [#"h_t = f(W h_{t-1} + U x_t)"#],
      notation: Notation(inputSteps: .first, functions: ["f": .tanh]), outputs: ["h"])
    let formulation = try Formulation(declaration)
    let system = try GradientSystem(of: formulation)
    #expect(formulation.text == ["h_t = f(W h_{t-1} + U x_t)", "x_t = 0 for t > 1"])
    #expect(formulation.latex.last == #"x_{t} = 0 \quad \text{for } t > 1"#)
    #expect(system.text(input: formulation.input)[1] == "x̄_t = Uᵀ δh_t for t = 1")
    #expect(
      system.latex(input: formulation.input)[1]
        == #"\bar{x}_{t} = U^{\top} \delta h_{t} \quad \text{for } t = 1"#)
    for markup in formulation.mathML + system.mathML(input: formulation.input) {
      #expect(MathMLReader.problems(in: markup) == [], "\(markup)")
    }
    #expect(formulation.mathML.last?.contains("<mo>&gt;</mo>") == true)
  }
}
