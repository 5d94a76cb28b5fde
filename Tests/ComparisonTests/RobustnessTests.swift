import Comparison
import DonahueLSTM
import Equations
import Foundation
import Testing

/// Formulations that a file may hold and no cell is.
@Suite struct RobustnessTests {
  private func compared(_ lines: [String]) throws -> FormulationComparison {
    let odd = try Formulation(Cells.declaration("odd", lines))
    _ = FormulationComparison(try Formulation(.donahueLSTM), odd).rendered(width: 80, color: true)
    return FormulationComparison(odd, odd)
  }

  @Test func numbersBeyondCoefficients() throws {
    let comparison = try compared([
      #"h_t = 65504 \odot h_{t-1} - 65504 \odot 65504 \odot 65504 \odot x_t"#
    ])
    #expect(comparison.equations.map(\.match) == [.same])
  }

  @Test func productsOfManySums() throws {
    let sum = #"(W x_t + h_{t-1} + 1)"#
    let comparison = try compared(["h_t = " + Array(repeating: sum, count: 7).joined()])
    #expect(comparison.equations.map(\.match) == [.same])
  }

  @Test func moreBlocksThanNumbers() throws {
    let matrix = Matrix(Symbol("W"), rows: .init(index: 0, of: .max))
    let odd = try Formulation(
      Cells.declaration("odd", []),
      equations: [
        Equation(
          Symbol("h"),
          .sum(
            .product(matrix, .signal(Symbol("x"), .step(0))), .signal(Symbol("h"), .step(-1))))
      ])
    let comparison = FormulationComparison(odd, odd)
    #expect(comparison.verdict == .unverified)
    #expect(comparison.counts.a.parameters.number == nil)
  }

  @Test func manyGatesOfOneForm() throws {
    func cell(_ id: String, joined sign: String) -> Declaration {
      Cells.declaration(
        id,
        (0..<12).map { #"g^{\#($0)}_t = \sigma(W^{\#($0)} x_t + U^{\#($0)} h_{t-1})"# }
          + ["h_t = " + (0..<12).map { "g^{\($0)}_t" }.joined(separator: sign)])
    }
    let comparison = try Comparing.compare(
      cell("sum", joined: " + "), cell("product", joined: #" \odot "#))
    #expect(comparison.equations.count(where: { $0.match == .same }) == 12)
    #expect(comparison.equations.count(where: { $0.match == .different }) == 1)
  }

  @Test func valuesBeyondFloat64() throws {
    let comparison = try compared([#"h_t = 8 \odot h_{t-1} \odot h_{t-1} + 8 \odot x_t"#])
    #expect(comparison.behaviour.unavailable?.contains("range") == true)
    _ = try JSONEncoder().encode(comparison)
  }
}
