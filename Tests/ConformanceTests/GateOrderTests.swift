import Conformance
import Testing

@Suite("Every exchange of the LSTM's gates is caught")
struct GateOrderTests {
  static let gates = ["i", "f", "o", "c"]
  static let groups: [[String]] = [["W_x", "W_h", "b_"], ["W_x"], ["W_h"], ["b_"]]

  /// All orders of the gates but the right one.
  static let orders: [[Int]] = {
    func permutations(_ rest: [Int]) -> [[Int]] {
      rest.isEmpty
        ? [[]]
        : rest.flatMap { first in
          permutations(rest.filter { $0 != first }).map { [first] + $0 }
        }
    }
    return permutations([0, 1, 2, 3]).filter { $0 != [0, 1, 2, 3] }
  }()

  @Test(
    "in W, U and b together and in each alone, in float64 and float32, by each case alone",
    arguments: groups)
  func caught(_ group: [String]) async throws {
    #expect(Self.orders.count == 23)
    let lstm = try Workbench.entry("donahue-lstm").subject
    for order in Self.orders {
      var places: [String: String] = [:]
      for kind in group {
        for (place, source) in order.enumerated() {
          places[kind + Self.gates[place]] = kind + Self.gates[source]
        }
      }
      let report = try await Workbench.report(
        Rewired.permuted(lstm, places), against: "donahue-lstm", checks: [.values],
        cases: ["generic", "square", "one-step"])
      #expect(report.results.count == 6)
      #expect(report.results.allSatisfy { $0.verdict == .departs }, "order \(order) in \(group)")
    }
  }
}
