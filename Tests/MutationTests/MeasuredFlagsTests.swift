import Conformance
import GoldenFixtures
import Mutation
import Testing

@Suite("The table of measured flags")
struct MeasuredFlagsTests {
  @Test("its text reads back to the same, formulations of one set together")
  func roundTrip() {
    var flags = MeasuredFlags(table: "")
    flags["a-cell", "generic"] = [.gateOrder, .bias]
    flags["b-cell", "generic"] = [.gateOrder, .bias]
    flags["c-cell", "generic"] = []
    flags["a-cell", "no-steps"] = BugClass.allCases
    #expect(MeasuredFlags(table: flags.table) == flags)
    #expect(
      flags.table.hasPrefix(
        "case generic\n  of a-cell b-cell\n  are GATE_ORDER BIAS\n  of c-cell\n  are\n"))
    #expect(flags.table.split(separator: "\n").allSatisfy { $0.count <= 96 })
    #expect(flags["d-cell", "generic"].isEmpty)
  }

  @Test("has every case of every formulation")
  func complete() {
    for entry in Catalogue.entries {
      #expect(
        CaseFamily.all.contains {
          !MeasuredFlags.current[entry.declaration.id, $0.name].isEmpty
        }, "\(entry.declaration.id)")
    }
  }

  @Test("what a case reveals is all of a class, and what it has alone is no other's")
  func matrix() {
    let matrix = KillMatrix(
      formulation: "a-cell", cases: ["one", "two"],
      rows: [
        .init(mutant: "m1", bugClass: .bias, cases: ["one", "two"]),
        .init(mutant: "m2", bugClass: .bias, cases: ["one"]),
        .init(mutant: "m3", bugClass: .clip, cases: ["two"]),
      ])
    #expect(matrix.flags(of: "one") == [.bias])
    #expect(matrix.flags(of: "two") == [.clip])
    #expect(matrix.mutantsOfItsOwn("one") == ["m2"])
    #expect(matrix.mutantsOfItsOwn("two") == ["m3"])
  }
}
