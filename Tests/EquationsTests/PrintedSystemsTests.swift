import Equations
import Testing

@Suite("Every printed system of the five documents")
struct PrintedSystemsTests {
  /// What a person reads off each page: the states and the parameters with their shapes.
  static let expected: [String: (states: [String], parameters: [String])] = [
    "donahue-rnn": (
      ["h"], ["W_xh [H,I]", "W_hh [H,H]", "b_h [H]", "W_hy [O,H]", "b_y [O]"]
    ),
    "donahue-lstm": (
      ["c", "h"],
      [
        "W_xi [H,I]", "W_hi [H,H]", "b_i [H]", "W_xf [H,I]", "W_hf [H,H]", "b_f [H]",
        "W_xo [H,I]", "W_ho [H,H]", "b_o [H]", "W_xc [H,I]", "W_hc [H,H]", "b_c [H]",
      ]
    ),
    "knight-rnn": (["h"], ["W_hh [H,H]", "W_xh [H,I]", "W_hy [O,H]"]),
    "knight-lstm": (["c", "h"], ["W [4H,H+I]"]),
    "elman-tanh": (["s"], ["U [H,I]", "W [H,H]", "V [O,H]"]),
    "elman-relu": (["s"], ["U [H,I]", "W [H,H]", "V [O,H]"]),
    "elman-bidirectional": (
      ["s_forward", "s_backward"],
      [
        "U_forward [H,I]", "W_forward [H,H]", "U_backward [H,I]", "W_backward [H,H]", "V [O,H+H]",
      ]
    ),
    "elman-deep": (
      ["s_1", "s_2"], ["U_1 [H,I]", "W_1 [H,H]", "U_2 [H,H]", "W_2 [H,H]", "V [O,H]"]
    ),
    "elman-deep-bidirectional": (
      ["s_1_forward", "s_1_backward", "s_2_forward", "s_2_backward"],
      [
        "U_1_forward [H,I]", "W_1_forward [H,H]", "U_1_backward [H,I]", "W_1_backward [H,H]",
        "U_2_forward [H,H+H]", "W_2_forward [H,H]", "U_2_backward [H,H+H]", "W_2_backward [H,H]",
        "V [O,H+H]",
      ]
    ),
    "cs224d-general": (["h"], ["W [H,H]", "U [H,I]", "theta [H]", "V [O,H]"]),
    "cs224d-rnn": (["h"], ["W [H,H]", "W_hs [H,I]", "W_S [O,H]"]),
    "leaky-rnn": (["h"], ["alpha [H]", "W [H,H]", "U [H,I]", "b [H]"]),
    "running-average": (["mu"], ["alpha [H]"]),
    "skip-rnn": (["h"], ["W [H,H]", "V [H,H]", "U [H,I]", "b [H]"]),
    "cs224d-lstm": (
      ["C", "h"],
      [
        "W [H,H]", "W_x [H,I]", "W_f [H,H]", "U_f [H,I]", "b_f [H]", "W_i [H,H]", "U_i [H,I]",
        "b_i [H]", "W_o [H,H]", "U_o [H,I]", "b_o [H]",
      ]
    ),
    "cs224d-gru": (
      ["h"],
      [
        "W [H,H]", "W_x [H,I]", "W_z [H,H]", "U_z [H,I]", "b_z [H]", "W_r [H,H]", "u_r [H,I]",
        "b_r [H]",
      ]
    ),
    "padhai-rnn-classification": (
      ["s"], ["U [H,I]", "W [H,H]", "b [H]", "V [O,H]", "c [O]"]
    ),
    "padhai-rnn-labelling": (["s"], ["U [H,I]", "W [H,H]", "b [H]", "V [O,H]", "c [O]"]),
    "padhai-lstm": (
      ["s", "h"],
      [
        "U_o [H,I]", "W_o [H,H]", "b_o [H]", "W [H,H]", "U [H,I]", "b [H]", "U_i [H,I]",
        "W_i [H,H]", "b_i [H]", "U_f [H,I]", "W_f [H,H]", "b_f [H]", "V [O,H]", "c [O]",
      ]
    ),
    "padhai-gru": (
      ["s"],
      [
        "U_o [H,I]", "W_o [H,H]", "b_o [H]", "U_i [H,I]", "W_i [H,H]", "b_i [H]", "W [H,H]",
        "U [H,I]", "b [H]",
      ]
    ),
  ]

  @Test("its kinds and shapes are those of the page", arguments: PrintedSystems.all)
  func kindsAndShapes(_ declaration: Declaration) throws {
    let formulation = try Formulation(declaration)
    let expected = try #require(Self.expected[declaration.id])
    #expect(formulation.states.map(\.name) == expected.states)
    #expect(
      formulation.parameters.map { "\($0.name) \($0.shape.description)" } == expected.parameters)
  }

  @Test("printing and reading again gives the same tree", arguments: PrintedSystems.all)
  func printAndParse(_ declaration: Declaration) throws {
    let formulation = try Formulation(declaration)
    for print in [\Equation.latex, \Equation.text] {
      var printed = declaration
      printed.corrections = []
      printed.lines = formulation.equations.map { $0[keyPath: print] }
      printed.notation.timeIndex = "t"
      printed.notation.vectors.formUnion(
        formulation.parameters.filter { $0.shape.columns == nil }.map(\.name))
      let again = try Formulation(printed)
      #expect(again.equations == formulation.equations)
    }
  }

  @Test("every signal is computed before it is used", arguments: PrintedSystems.all)
  func order(_ declaration: Declaration) throws {
    let formulation = try Formulation(declaration)
    var known: Set<Symbol> = [formulation.input]
    for equation in formulation.orderedEquations {
      for read in equation.expression.reads where read.time == .step(0) {
        #expect(known.contains(read.symbol), "\(equation.signal.name) reads \(read.symbol.name)")
      }
      known.insert(equation.signal)
    }
    #expect(known.count == formulation.equations.count + 1)
  }
}
