import Comparison
import Equations
import Testing

/// A comparison says the same from both sides, of every pair.
@Suite struct SymmetryTests {
  private struct Pair: Hashable {
    let a: String?
    let b: String?
    let other: Bool
  }

  @Test(arguments: Comparing.printed + Cells.all)
  func bothOrdersAgree(_ first: Declaration) throws {
    for second in Comparing.printed + Cells.all where first.id < second.id {
      let there = try Comparing.compare(first, second)
      let back = try Comparing.compare(second, first)
      #expect(there.verdict == back.verdict, "\(second.id)")
      #expect(there.relation?.kinds == back.relation?.kinds, "\(second.id)")
      #expect(there.relation?.verification == back.relation?.verification, "\(second.id)")
      #expect(
        Set(there.signals.map { Pair(a: $0.a, b: $0.b, other: $0.isComplement) })
          == Set(back.signals.map { Pair(a: $0.b, b: $0.a, other: $0.isComplement) }),
        "\(second.id)")
      #expect(
        Set(there.parameters.map { Pair(a: $0.a, b: $0.b, other: $0.equation == nil) })
          == Set(back.parameters.map { Pair(a: $0.b, b: $0.a, other: $0.equation == nil) }),
        "\(second.id)")
      #expect(
        Set(there.equations.map { Pair(a: $0.a, b: $0.b, other: $0.match == .different) })
          == Set(back.equations.map { Pair(a: $0.b, b: $0.a, other: $0.match == .different) }),
        "\(second.id)")
      #expect(there.counts.a == back.counts.b)
    }
  }

  @Test func theSameComparisonTwiceIsTheSame() throws {
    #expect(
      try Comparing.compare(Cells.frameworkGRU, Cells.peepholeLSTM)
        == Comparing.compare(Cells.frameworkGRU, Cells.peepholeLSTM))
  }
}
