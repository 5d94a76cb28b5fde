import Equations
import Testing

@Suite("The forms of a state's equation")
struct FormTests {
  @Test(
    "self-connections of the documents' cells",
    arguments: [
      ("donahue-lstm", "c", "f_t"), ("knight-lstm", "c", "f_t"), ("cs224d-lstm", "C", "f_t"),
      ("padhai-lstm", "s", "f_t"), ("cs224d-gru", "h", "1 - z_t"),
      ("padhai-gru", "s", "1 - i_t"), ("leaky-rnn", "h", "α"),
    ])
  func selfConnections(_ id: String, _ state: String, _ weight: String) throws {
    let connections = try Workbench.formulation(id).selfConnections
    #expect(connections.map(\.state.name) == [state])
    #expect(connections.map(\.weight.text) == [weight])
  }

  @Test("none in a cell that passes its state through a matrix")
  func none() throws {
    for id in ["elman-tanh", "cs224d-rnn", "skip-rnn", "delayed-rnn", "donahue-rnn"] {
      #expect(try Workbench.formulation(id).selfConnections.isEmpty)
    }
  }

  @Test("the same cell written otherwise")
  func rewritten() throws {
    let gru = try Workbench.formulation(
      "rewritten",
      [
        #"h_t = h_{t-1} + z_t \odot (n_t - h_{t-1})"#, #"n_t = \tanh(W h_{t-1} + V x_t)"#,
        #"z_t = \sigma(A x_t + B h_{t-1})"#,
      ])
    #expect(gru.selfConnections.map(\.weight.text) == ["1 - z_t"])
    #expect(gru.selfConnections.map(\.rest.text) == ["n_t ⊙ z_t"])
    let named = try Workbench.formulation(
      "named",
      [
        #"k_t = z_t \odot h_{t-1}"#, #"h_t = k_t + \tanh(V x_t)"#,
        #"z_t = \sigma(A x_t + B h_{t-1})"#,
      ])
    #expect(named.selfConnections.map(\.weight.text) == ["z_t"])
    let square = try Workbench.formulation(
      "square", [#"h_t = h_{t-1} \odot h_{t-1} + V x_t"#])
    #expect(square.selfConnections.isEmpty)
  }

  @Test("cells without gates and their matrices")
  func vanilla() throws {
    let expected = [
      ("elman-tanh", "W", Activation.tanh), ("elman-relu", "W", .relu),
      ("donahue-rnn", "W_hh", .logistic), ("knight-rnn", "W_hh", .tanh),
      ("cs224d-rnn", "W", .tanh), ("padhai-rnn", "W", .logistic),
    ]
    for (id, matrix, activation) in expected {
      let form = try #require(try Workbench.formulation(id).vanillaForm, "\(id)")
      #expect(form.matrix.symbol.name == matrix)
      #expect(form.function.activation == activation)
    }
    for id in Workbench.ids where !id.hasSuffix("-rnn") || ["leaky-rnn", "skip-rnn"].contains(id) {
      if id.hasPrefix("elman") || id.contains("rnn/") { continue }
      #expect(try Workbench.formulation(id).vanillaForm == nil, "\(id)")
    }
    // Two roads from the past, of which the bound of one says nothing.
    let both = try Workbench.formulation(
      "both", [#"h_t = \tanh(W h_{t-1} + V x_t) + W f(h_{t-1})"#])
    #expect(both.vanillaForm == nil)
  }
}
