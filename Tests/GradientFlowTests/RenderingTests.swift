import Equations
import Foundation
import GradientFlow
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Pictures, tables and files of gradient flow")
struct RenderingTests {
  private func flow(
    _ formulations: [Formulation], scales: [Double] = [0.5, 3]
  ) async throws -> FlowMeasurement {
    try await FlowMeasurement(
      of: formulations, options: FlowOptions(hidden: 3, steps: 7, scales: scales))
  }

  @Test("the picture is well-formed, self-contained and names every curve")
  func picture() async throws {
    let flow = try await flow(try Workbench.ids.map { try Workbench.formulation($0) })
    let svg = FlowPicture(flow).svg
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    for id in Workbench.ids { #expect(svg.contains(">\(id)  ∂")) }
    #expect(svg.contains("prefers-color-scheme: dark"))
    // The name of the SVG language is the only address.
    #expect(svg.components(separatedBy: "http").count == 2)
    for forbidden in ["<script", "<image", "@import", "url(", "href"] {
      #expect(!svg.contains(forbidden))
    }
  }

  @Test("names from a file stay text", arguments: [1, 3, 6])
  func hostile(_ panels: Int) async throws {
    let hostile = try Workbench.formulation(
      "a<b>&\"c\",\u{1B}[2J", [#"h_t = \tanh(W h_{t-1} + V x_t)"#])
    let flow = try await flow([hostile], scales: (1...panels).map { Double($0) / 2 })
    let svg = FlowPicture(flow).svg
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    #expect(!svg.contains("\u{1B}"))
    let rows = flow.csv.split(separator: "\n")
    #expect(rows.count == 1 + 8 * panels)
    #expect(rows.dropFirst().allSatisfy { $0.contains("\"a<b>&\"\"c\"\",") })
  }

  @Test("the table has a column for each curve and each bound, the CSV a row for each point")
  func table() async throws {
    let flow = try await flow(
      try ["elman-tanh", "donahue-lstm"].map { try Workbench.formulation($0) })
    let table = FlowTable(flow.panels[0])
    #expect(
      table.headings == ["t-k", "elman-tanh ∂s", "bound", "donahue-lstm ∂c", "donahue-lstm ∂h"])
    #expect(table.rows.map { $0[0] } == ["1", "2", "3", "5", "7"])
    #expect(table.rows.allSatisfy { $0.count == 5 })
    let lines = flow.csv.split(separator: "\n")
    #expect(lines.count == 1 + 2 * 3 * 8)
    #expect(lines[0] == "scale,formulation,state,t_minus_k,norm,log10_norm,bound,log10_bound")
    #expect(
      lines.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 8 })
  }

  @Test("a measurement survives JSON")
  func json() async throws {
    let flow = try await flow([try Workbench.formulation("cs224d-gru")])
    let data = try JSONEncoder().encode(flow)
    #expect(try JSONDecoder().decode(FlowMeasurement.self, from: data) == flow)
  }
}
