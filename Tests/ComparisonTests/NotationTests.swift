import Comparison
import Equations
import Testing

@Suite struct NotationTests {
  static func leaky(_ id: String, _ change: (inout Notation) -> Void = { _ in }) -> Declaration {
    var declaration = Cells.declaration(
      id, [#"h_t = a \odot h_{t-1} + (1 - a) \odot \phi(W h_{t-1} + U x_t)"#], vectors: ["a"])
    change(&declaration.notation)
    return declaration
  }

  @Test func aFractionIsGivenNumbersThatItMayHave() throws {
    let fraction = Self.leaky("fraction") { $0.fractions = ["a"] }
    for (a, b) in [
      (fraction, fraction), (fraction, Self.leaky("any")), (Self.leaky("any"), fraction),
    ] {
      let comparison = try Comparing.compare(a, b)
      #expect(comparison.verdict == .equal)
      #expect((comparison.relation?.verification.numbers ?? 0) > 40)
    }
  }

  @Test func aConstantEqualsWhatIsLearnedAndTheDifferenceIsSaid() throws {
    let constant = Self.leaky("constant") { $0.constants = ["a"] }
    let comparison = try Comparing.compare(Self.leaky("learned"), constant)
    #expect(comparison.verdict == .equal)
    #expect(comparison.relation?.verification.unavailable == nil)
    #expect(
      comparison.statements.contains("a is a constant in B; its counterpart a in A has a gradient.")
    )
    let mirrored = try Comparing.compare(constant, Self.leaky("learned"))
    #expect(
      mirrored.statements.contains("a is a constant in A; its counterpart a in B has a gradient."))
    let same = try Comparing.compare(constant, constant)
    #expect(!same.statements.contains { $0.contains("is a constant") })
  }

  @Test func anInputAtTheFirstStepAloneIsNoInputAtEveryStep() throws {
    let one = Self.leaky("one") { $0.inputSteps = .first }
    let comparison = try Comparing.compare(Self.leaky("every"), one)
    #expect(comparison.relation == nil)
    #expect(
      comparison.statements.contains("B reads its input at the first step alone, A at every step."))
    #expect(try Comparing.compare(one, one).verdict == .equal)
  }

  @Test func aBackwardStateIsNoForwardOne() throws {
    let forward = Cells.declaration("forward", [#"h_t = \phi(W h_{t-1} + U x_t)"#])
    let backward = Cells.declaration("backward", [#"h_t = \phi(W h_{t+1} + U x_t)"#])
    #expect(try Comparing.compare(forward, backward).verdict == .different)
    #expect(try Comparing.compare(backward, backward).verdict == .equal)
  }

  @Test func bothDirectionsHaveNamesOfTheirOwn() throws {
    let both = Cells.declaration(
      "both",
      [
        #"\overrightarrow{s}_t = \phi(\overrightarrow{W} \overrightarrow{s}_{t-1} + \overrightarrow{U} x_t)"#,
        #"\overleftarrow{s}_t = \phi(\overleftarrow{W} \overleftarrow{s}_{t+1} + \overleftarrow{U} x_t)"#,
      ], outputs: ["s_forward", "s_backward"])
    let comparison = try Comparing.compare(both, both)
    #expect(comparison.verdict == .equal)
    #expect(comparison.counterpart(of: "s_backward") == "s_backward")
    #expect(comparison.parameter("U_backward") == "B.U_backward = A.U_backward")
  }
}
