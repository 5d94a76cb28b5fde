import Comparison
import DonahueLSTM
import Equations
import GRU
import Testing

/// Which cells carry a state on unit by unit, and what a parameter of one has become in the other.
@Suite struct LeakTests {
  private func cell(
    _ id: String, _ lines: [String], vectors: Set<String> = []
  ) -> Declaration {
    Declaration(
      id: id, title: id, document: Document(key: id, title: id), lines: lines,
      notation: Notation(functions: ["sigma": .logistic, "f": .tanh], vectors: vectors),
      outputs: ["h"])
  }

  private var leaky: Declaration {
    cell(
      "leaky", [#"h_t = \alpha h_{t-1} + (1 - \alpha) (W f(h_{t-1}) + V x_t)"#],
      vectors: ["alpha"])
  }

  private func statements(_ a: Declaration, _ b: Declaration) throws -> [String] {
    try Comparing.compare(a, b).statements
  }

  @Test func aGatedUnitIsALeakyOneWithAGate() throws {
    let there = try statements(leaky, .cs224dGRU)
    #expect(
      there.contains(
        "Both are leaky units, unit by unit: h_t = a ⊙ h_{t-1} + (1 - a) ⊙ n in both."))
    #expect(
      there.contains(
        "In A, a is α, a parameter, the same at every step; in B, a is 1 - z_t, which every step"
          + " computes from h_{t-1} and x_t."))
    #expect(
      there.contains(
        "So α ↔ 1 - z_t: the parameter of A is a gate in B, which depends on the input."))
    let back = try statements(.cs224dGRU, leaky)
    #expect(
      back.contains("So 1 - z_t ↔ α: the gate of A is a parameter in B, which no input changes."))
    // Other letters.
    #expect(try statements(leaky, .padhaiGRU).contains { $0.contains("α ↔ 1 - i_t") })
  }

  @Test func howeverTheyAreWritten() throws {
    let expanded = cell(
      "expanded",
      [#"h_t = \alpha h_{t-1} + n_t - \alpha n_t"#, #"n_t = \tanh(W h_{t-1} + V x_t)"#],
      vectors: ["alpha"])
    let difference = cell(
      "difference",
      [
        #"h_t = h_{t-1} + z_t \odot (n_t - h_{t-1})"#, #"n_t = \tanh(W h_{t-1} + V x_t)"#,
        #"z_t = \sigma(A x_t + B h_{t-1})"#,
      ])
    #expect(try statements(expanded, difference).contains { $0.contains("α ↔ 1 - z_t") })
  }

  @Test func aMemoryHasAWeightOfItsOwnForWhatIsNew() throws {
    let gated = try statements(.donahueLSTM, .cs224dGRU)
    #expect(
      gated.contains(
        "What is new is weighted by 1 - a in B, and by a weight of its own in A."))
    #expect(!gated.contains { $0.contains("leaky units") })
    #expect(try statements(leaky, .donahueLSTM).contains { $0.contains("1 - a in A") })
  }

  @Test func nothingIsSaidOfCellsThatDoTheSame() throws {
    for (a, b) in [(Declaration.cs224dGRU, Declaration.padhaiGRU), (leaky, leaky)] {
      #expect(try !statements(a, b).contains { $0.contains("unit by unit") })
    }
    let plain = cell("plain", [#"h_t = \tanh(W h_{t-1} + V x_t)"#])
    #expect(try !statements(leaky, plain).contains { $0.contains("unit by unit") })
  }

  @Test func whatIsNewMayNotBeWeightedByAnythingElse() throws {
    // α on the past, but β on what is new.
    let other = cell(
      "other", [#"h_t = \alpha h_{t-1} + (1 - \beta) (W f(h_{t-1}) + V x_t)"#],
      vectors: ["alpha", "beta"])
    let found = try statements(other, .cs224dGRU)
    #expect(!found.contains { $0.contains("leaky units") })
  }
}
