import Equations
import Testing

@Suite("Copies of a formulation put together")
struct CompositionTests {
  static func composed(_ id: String, _ composition: Composition) throws -> Formulation {
    try Formulation(#require(PrintedSystems.all.first { $0.id == id })).composed(composition)
  }

  static func error(
    _ lines: [String], outputs: [String] = ["h"], _ composition: Composition
  ) -> EquationError? {
    do {
      _ = try Formulation(.of(lines, outputs: outputs)).composed(composition)
      return nil
    } catch { return error }
  }

  @Test("a composition is said to be one, with the names of its parts")
  func declared() throws {
    let formulation = try Self.composed("donahue-rnn", .deepBidirectional(layers: 2))
    #expect(formulation.id == "donahue-rnn+deep-bidirectional-2")
    #expect(formulation.declaration.title == "donahue-rnn, 2 bidirectional layers")
    #expect(formulation.outputs.map(\.name) == ["y_2_forward", "y_2_backward"])
    #expect(
      formulation.signals.map(\.name) == [
        "h_1_forward", "y_1_forward", "h_1_backward", "y_1_backward", "h_2_forward", "y_2_forward",
        "h_2_backward", "y_2_backward",
      ])
    #expect(
      formulation.parameters.map { "\($0.name) \($0.shape.description)" }.suffix(5) == [
        "W_xh_2_backward [H,H+H]", "W_hh_2_backward [H,H]", "b_h_2_backward [H]",
        "W_hy_2_backward [O,H]", "b_y_2_backward [O]",
      ])
    #expect(try Self.composed("donahue-rnn", .bidirectional).id == "donahue-rnn+bidirectional")
    #expect(try Self.composed("donahue-rnn", .deep(layers: 3)).id == "donahue-rnn+deep-3")
  }

  @Test("its equations are those that one writes by hand")
  func equations() throws {
    #expect(
      try Self.composed("elman-tanh", .bidirectional).text == [
        "s\u{20D7}_t = f(U\u{20D7} x_t + W\u{20D7} s\u{20D7}_{t-1})",
        "o\u{20D7}_t = softmax(V\u{20D7} s\u{20D7}_t)",
        "s\u{20D6}_t = f(U\u{20D6} x_t + W\u{20D6} s\u{20D6}_{t+1})",
        "o\u{20D6}_t = softmax(V\u{20D6} s\u{20D6}_t)",
      ])
    #expect(
      try Self.composed("elman-tanh", .deep(layers: 2)).text == [
        "s_t^{(1)} = f(U^{(1)} x_t + W^{(1)} s_{t-1}^{(1)})",
        "o_t^{(1)} = softmax(V^{(1)} s_t^{(1)})",
        "s_t^{(2)} = f(U^{(2)} s_t^{(1)} + W^{(2)} s_{t-1}^{(2)})",
        "o_t^{(2)} = softmax(V^{(2)} s_t^{(2)})",
      ])
    let both = try Self.composed("elman-tanh", .deepBidirectional(layers: 2)).text
    #expect(
      both[6]
        == "s\u{20D6}_t^{(2)} = f(U\u{20D6}^{[c1/2],(2)} s\u{20D7}_t^{(1)}"
        + " + U\u{20D6}^{[c2/2],(2)} s\u{20D6}_t^{(1)} + W\u{20D6}^{(2)} s\u{20D6}_{t+1}^{(2)})")
  }

  @Test("a matrix that was cut already is cut once more where it is applied to the input")
  func stackedMatrix() throws {
    let formulation = try Self.composed("knight-lstm", .deepBidirectional(layers: 2))
    #expect(
      formulation.parameters.map { "\($0.name) \($0.shape.description)" } == [
        "W_1_forward [4H,H+I]", "W_1_backward [4H,H+I]", "W_2_forward [4H,H+H+H]",
        "W_2_backward [4H,H+H+H]",
      ])
    #expect(
      formulation.text.contains(
        "i\u{20D7}_t^{(2)} = σ(W\u{20D7}^{[r1/4;c1/3],(2)} h\u{20D7}_{t-1}^{(2)}"
          + " + (W\u{20D7}^{[r1/4;c2/3],(2)} h\u{20D7}_t^{(1)}"
          + " + W\u{20D7}^{[r1/4;c3/3],(2)} h\u{20D6}_t^{(1)}))"))
  }

  @Test("backward, the last step is the first one")
  func ends() throws {
    let formulation = try Self.composed("padhai-rnn-classification", .bidirectional)
    #expect(formulation.equations.map(\.time) == [.step(0), .last, .step(0), .first])
    #expect(formulation.text[1] == "y\u{20D7}\u{302}_T = O(V\u{20D7} s\u{20D7}_T + c\u{20D7})")
    #expect(formulation.text[3] == "y\u{20D6}\u{302}_1 = O(V\u{20D6} s\u{20D6}_1 + c\u{20D6})")
    #expect(formulation.steps(of: formulation.signals[3], in: 5) == 1)
    let gradients = try GradientSystem(of: formulation).text(input: formulation.input)
    #expect(
      gradients.contains {
        $0.hasPrefix("δs\u{20D6}_t") && $0.contains("y\u{20D6}\u{302}\u{304}_1")
      })
  }

  @Test("constants, fractions and the steps of the input are those of the original")
  func notation() throws {
    var declaration = Declaration.of(
      [#"h_t = a \odot h_{t-1} + f(U x_t)"#],
      notation: Notation(
        inputSteps: .first, functions: ["f": .tanh], vectors: ["a"], fractions: ["a"],
        constants: ["a"]), outputs: ["h"])
    declaration.id = "leaky"
    let formulation = try Formulation(declaration).composed(.deepBidirectional(layers: 2))
    let names: Set = ["a_1_forward", "a_1_backward", "a_2_forward", "a_2_backward"]
    #expect(formulation.declaration.notation.constants == names)
    #expect(formulation.declaration.notation.fractions == names)
    #expect(formulation.readsFirstInputAlone)
    #expect(formulation.learned.count == 4)
  }

  @Test(
    "the lines of its declaration are read as it is, blocks and directions",
    arguments: PrintedSystems.all.filter {
      !$0.id.contains("bidirectional") && !$0.id.contains("classification")
        && !$0.id.contains("deep")
    })
  func reread(_ declaration: Declaration) throws {
    let formulation = try Formulation(declaration).composed(.bidirectional)
    var printed = formulation.declaration
    printed.lines = formulation.equations.map(\.text)
    for declaration in [formulation.declaration, printed] {
      let again = try Formulation(declaration)
      #expect(again.equations == formulation.equations)
      #expect(again.axes == formulation.axes && again.outputs == formulation.outputs)
    }
  }

  @Test("what does not fit is refused")
  func refused() {
    let rnn = ["h_t = f(W h_{t-1} + U x_t)"]
    let tied = ["h_t = f(W h_{t-1} + x_t)"]
    #expect(Self.error(rnn, .deep(layers: 1)) == nil)
    #expect(Self.error(rnn, .deep(layers: 0))?.code == .unsupported)
    #expect(Self.error(rnn, .deep(layers: .max))?.message.contains("from 1 to 256") == true)
    #expect(Self.error(rnn, .deepBidirectional(layers: -1))?.code == .unsupported)
    #expect(Self.error(tied, .deep(layers: 2)) == nil)
    #expect(Self.error(tied, .bidirectional) == nil)
    #expect(Self.error(tied, .deepBidirectional(layers: 1)) == nil)
    #expect(
      Self.error(tied, .deepBidirectional(layers: 2))?.message.contains(
        "the input 'x' is used otherwise than by a matrix") == true)
    #expect(
      Self.error(["h_t = f(W h_{t-1} + W x_t)"], .deepBidirectional(layers: 2))?.message.contains(
        "'W' is applied to the input and to something else") == true)
    #expect(
      Self.error(["h_t = W h_{t+1} + U x_t"], .bidirectional)?.message.contains(
        "runs backward in time already") == true)
    #expect(
      Self.error(
        [#"h_t = W \overrightarrow{s}_{t-1} + U x_t"#, #"\overrightarrow{s}_t = U x_t"#],
        .bidirectional)?
        .message.contains("'s_forward' has a direction already") == true)
    #expect(
      Self.error(["h_t = W h_{t-1} + U x_t", "y_t = V x_t"], outputs: ["y"], .deep(layers: 2))?
        .message.contains("no output is a state or computed from one") == true)
    #expect(Self.error(rnn, .bidirectional)?.formulation == nil)
    #expect(
      Self.error(tied, .deepBidirectional(layers: 2))?.formulation == "subject+deep-bidirectional-2"
    )
  }

  @Test("a composition of a composition is refused by its layers or directions")
  func twice() throws {
    let deep = try Self.composed("elman-tanh", .deep(layers: 2))
    #expect(throws: EquationError.self) { try deep.composed(.deep(layers: 2)) }
    #expect(throws: EquationError.self) { try deep.composed(.bidirectional) }
    let both = try Self.composed("elman-tanh", .bidirectional)
    #expect(throws: EquationError.self) { try both.composed(.bidirectional) }
    #expect(throws: EquationError.self) { try both.composed(.deep(layers: 2)) }
    #expect(throws: EquationError.self) { try Self.composed("elman-deep", .bidirectional) }
  }
}
