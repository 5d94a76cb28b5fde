import Equations
import Testing

@Suite("Wrong versions of a formulation's equations")
struct EquationMutantTests {
  static func formulation(_ lines: [String], outputs: [String] = ["h"]) throws -> Formulation {
    try Formulation(.of(lines, outputs: outputs))
  }

  /// The wrong equation of each mutant of a kind, as text.
  static func texts(_ formulation: Formulation, _ kind: EquationMutant.Kind) -> Set<String> {
    Set(
      formulation.mutants().filter { $0.kind == kind }.flatMap { mutant in
        mutant.formulation.equations.filter { !formulation.equations.contains($0) }.map(\.text)
      })
  }

  @Test("of a vanilla RNN: every one, by hand")
  func vanilla() throws {
    let rnn = try Self.formulation([#"h_t = \sigma(W h_{t-1} + U x_t + b)"#])
    #expect(
      Self.texts(rnn, .bias) == [
        "h_t = σ(W h_{t-1} + U x_t)", "h_t = σ(W h_{t-1} + U x_t + (b + b))",
        "h_t = σ(W h_{t-1} + U x_t - b)", "h_t = σ(W h_{t-1} + U x_t) + b",
      ])
    #expect(
      Self.texts(rnn, .term) == [
        "h_t = σ(U x_t + b)", "h_t = σ(W h_{t-1} + b)",
        "h_t = σ(W h_{t-1} + W h_{t-1} + U x_t + b)", "h_t = σ(W h_{t-1} + (U x_t + U x_t) + b)",
        "h_t = σ(-W h_{t-1} + U x_t + b)", "h_t = σ(W h_{t-1} - U x_t + b)",
        "h_t = σ(-(W h_{t-1} + U x_t + b))", "h_t = -σ(W h_{t-1} + U x_t + b)",
        "h_t = σ(W h_{t-1} + U x_t + b) + σ(W h_{t-1} + U x_t + b)",
      ])
    #expect(
      Self.texts(rnn, .activation) == [
        "h_t = tanh(W h_{t-1} + U x_t + b)", "h_t = relu(W h_{t-1} + U x_t + b)",
        "h_t = W h_{t-1} + U x_t + b",
      ])
    #expect(
      Self.texts(rnn, .time) == [
        "h_t = σ(W h_{t-2} + U x_t + b)", "h_t = σ(W h_{t-1} + U x_{t-1} + b)",
      ])
    #expect(Self.texts(rnn, .transpose) == ["h_t = σ(Wᵀ h_{t-1} + U x_t + b)"])
    for kind in [EquationMutant.Kind.gates, .polarity, .placement, .peephole] {
      #expect(Self.texts(rnn, kind).isEmpty)
    }
  }

  @Test("of the LSTM: every order of its gates in W, U, b and together, every bias shared")
  func gateOrders() throws {
    let declaration = try #require(PrintedSystems.all.first { $0.id == "donahue-lstm" })
    var corrected = declaration
    corrected.lines = declaration.lines.map { $0.replacing("W_{wi}", with: "W_{xi}") }
    let lstm = try Formulation(corrected)
    let gates = lstm.mutants().filter { $0.kind == .gates }
    // 23 orders in three roles and together; each of 8 matrices replaced by each of 3 others.
    #expect(gates.count { $0.signals.count > 1 } == 23 * 4)
    #expect(gates.count { $0.signals.count == 1 } == 8 * 3)
    #expect(lstm.mutants().count { $0.kind == .bias && $0.change.contains(" for ") } == 4 * 3)
    #expect(Set(lstm.mutants().map(\.id)).count == lstm.mutants().count)
    // The stacked matrix of another document has the same orders, but for the bias.
    let knight = try Formulation(
      try #require(PrintedSystems.all.first { $0.id == "knight-lstm" }))
    #expect(knight.mutants().count { $0.kind == .gates && $0.signals.count > 1 } == 23 * 3)
  }

  @Test("of a GRU: polarity on both sides, the reset gate before and after the matrix")
  func gru() throws {
    let gru = try Self.formulation([
      #"h_t = (1 - z_t) \odot h_{t-1} + z_t \odot n_t"#,
      #"n_t = f(r_t \odot W h_{t-1} + U x_t)"#,
      #"z_t = \sigma(A h_{t-1} + B x_t + a)"#, #"r_t = \sigma(C h_{t-1} + D x_t + c)"#,
    ])
    #expect(
      Self.texts(gru, .polarity) == [
        "h_t = z_t ⊙ h_{t-1} + (1 - z_t) ⊙ n_t",
        "n_t = f((1 - r_t) ⊙ W h_{t-1} + U x_t)",
      ])
    #expect(Self.texts(gru, .placement) == ["n_t = f(W (r_t ⊙ h_{t-1}) + U x_t)"])
    #expect(Self.texts(gru, .term).contains("h_t = (1 - z_t) ⊙ h_{t-1} + (z_t + n_t)"))
  }

  @Test("of a peephole: dropped, doubled, negated, moved out of the gate")
  func peephole() throws {
    var declaration = Declaration.of(
      [#"c_t = o_t \odot f(U x_t)"#, #"o_t = \sigma(V x_t + p \odot c_{t-1})"#], outputs: ["c"])
    declaration.notation.vectors = ["p"]
    #expect(
      Self.texts(try Formulation(declaration), .peephole) == [
        "o_t = σ(V x_t)", "o_t = σ(V x_t + (p ⊙ c_{t-1} + p ⊙ c_{t-1}))",
        "o_t = σ(V x_t - p ⊙ c_{t-1})", "o_t = σ(V x_t) + p ⊙ c_{t-1}",
      ])
  }

  @Test("answer the original's cases and differ from it", arguments: PrintedSystems.all)
  func sameShapes(_ declaration: Declaration) throws {
    guard let formulation = try? Formulation(declaration) else { return }
    let mutants = formulation.mutants()
    #expect(!mutants.isEmpty)
    #expect(Set(mutants.map(\.formulation.equations)).count == mutants.count)
    for mutant in mutants {
      #expect(mutant.formulation.parameters == formulation.parameters)
      #expect(mutant.formulation.states == formulation.states)
      #expect(mutant.formulation.axes == formulation.axes)
      #expect(mutant.formulation.equations != formulation.equations)
      // Every signal is computed before it is used.
      var known: Set<Symbol> = [formulation.input]
      for equation in mutant.formulation.orderedEquations {
        for read in equation.expression.reads where read.time == .step(0) {
          #expect(known.contains(read.symbol), "\(mutant.id): \(mutant.change)")
        }
        known.insert(equation.signal)
      }
    }
  }
}

@Suite("Wrong versions of a formulation's gradient equations")
struct GradientMutantTests {
  @Test("every term dropped, doubled, negated; every path cut; every derivative wrong")
  func lstm() throws {
    let formulation = try Formulation(
      .of(
        [#"c_t = g_t \odot c_{t-1} + f(U x_t)"#, #"g_t = \sigma(V x_t + b)"#], outputs: ["c"]))
    let changes = try formulation.gradientMutants().map { "\($0.kind.rawValue) \($0.change)" }
    for expected in [
      "term ∂E/∂c: drops c̄_{t+1} ⊙ g_{t+1}", "term ∂E/∂c: doubles c̄_{t+1} ⊙ g_{t+1}",
      "overwritten ∂E/∂c: c̄_{t+1} ⊙ g_{t+1} overwrites the rest",
      "stale ∂E/∂c: g_t for g_{t+1}",
      "derivative ∂E/∂g: no derivative of sigma",
      "derivative ∂E/∂g: the derivative of sigma at the argument",
      "derivative ∂E/∂g: the derivative of tanh for that of sigma",
      "term ∂E/∂b: drops the sum of δg_t", "gate ∂E/∂b: c̄_t for δg_t",
      "stale ∂E/∂U: x_{t-1} for x_t",
    ] {
      #expect(changes.contains(expected), "\(expected)")
    }
  }

  @Test("each of its own, none the right ones", arguments: PrintedSystems.all)
  func distinct(_ declaration: Declaration) throws {
    guard let formulation = try? Formulation(declaration) else { return }
    let right = try GradientSystem(of: formulation)
    let mutants = try formulation.gradientMutants()
    #expect(!mutants.isEmpty)
    #expect(Set(mutants.map(\.gradients)).count == mutants.count)
    #expect(!mutants.contains { $0.gradients == right })
    #expect(Set(mutants.map(\.id)).count == mutants.count)
  }
}
