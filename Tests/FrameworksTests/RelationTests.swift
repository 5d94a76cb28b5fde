import Comparison
import Conformance
import Equations
import Testing

@Suite("Frameworks among one another and with the documents")
struct RelationTests {
  /// Two formulations, and what of A's parameters is zero where both are the same cell.
  struct Pair: Sendable, CustomTestStringConvertible {
    let a, b: String
    let zero: [String]

    var testDescription: String { "\(a) and \(b)" }
  }

  static let pairs = [
    Pair(a: "pytorch-gru", b: "keras-gru", zero: []),
    Pair(a: "pytorch-gru", b: "onnx-gru/linear-before-reset", zero: []),
    Pair(a: "onnx-gru", b: "keras-gru/reset-before", zero: []),
    Pair(a: "pytorch-gru", b: "cs224d-gru", zero: ["b_hn", "b_in"]),
    Pair(a: "keras-gru/reset-before", b: "cs224d-gru/reset-before", zero: ["b_h"]),
    Pair(a: "pytorch-lstm", b: "donahue-lstm", zero: []),
    Pair(a: "onnx-lstm", b: "pytorch-lstm", zero: ["P_f", "P_i", "P_o"]),
  ]

  @Test("the same cell under a renaming", arguments: pairs)
  func same(_ pair: Pair) throws {
    let comparison = try Self.compare(pair.a, pair.b)
    #expect(comparison.verdict == (pair.zero.isEmpty ? .equal : .conditional))
    let relation = try #require(comparison.relation)
    #expect(
      relation.parameters.filter { $0.hasSuffix(" = 0") }.sorted()
        == pair.zero.map { "A.\($0) = 0" })
    #expect(relation.verification.numbers > 100)
  }

  @Test(
    "the reset gate's place tells cells apart",
    arguments: [
      ("onnx-gru", "onnx-gru/linear-before-reset"), ("keras-gru", "keras-gru/reset-before"),
      ("pytorch-gru", "onnx-gru"), ("pytorch-gru", "cs224d-gru/reset-before"),
    ])
  func different(_ a: String, _ b: String) throws {
    #expect(try Self.compare(a, b).relation == nil)
  }

  private static func compare(_ a: String, _ b: String) throws -> FormulationComparison {
    func formulation(_ id: String) throws -> Formulation {
      try Catalogue.formulation(named: id)
    }
    return FormulationComparison(try formulation(a), try formulation(b))
  }
}
