import Foundation
import Testing

/// `identify`: layers that pack their weights in different ways, and what is said of them.
@Suite struct IdentifyTests {
  private static let adapters = Tool.root + "/tools/adapters"

  private struct Report: Decodable {
    struct Match: Decodable {
      struct Weight: Decodable { let name, shape, role: String }
      let formulation, headline, output: String
      let gates, complements, states: [String]
      let biases: Int
      let weights: [Weight]
      let change: String?
      let worst_ratio: Double?
    }
    struct Nearest: Decodable {
      let match: Match
      let departure: String
      let failures, elements: Int
    }
    let format: String
    let tried: Int
    let matches: [Match]
    let nearest: Nearest?
  }

  /// The template's layers with one piece replaced.
  private func layers(
    _ tool: Tool, replacing piece: String = "", with other: String = ""
  ) throws -> String {
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.adapters)
    where name.hasSuffix(".py") {
      try? FileManager.default.copyItem(
        atPath: "\(Self.adapters)/\(name)", toPath: "\(tool.folder.path)/\(name)")
    }
    let text = try String(contentsOfFile: Self.adapters + "/numpy_layers.py", encoding: .utf8)
    #expect(piece.isEmpty || text.contains(piece), "the template has no '\(piece)'")
    return try tool.folder.write(
      piece.isEmpty ? text : text.replacingOccurrences(of: piece, with: other),
      to: "numpy_layers.py")
  }

  private func identify(
    _ layer: String, replacing piece: String = "", with other: String = "", _ options: String...
  ) throws -> (outcome: Tool.Outcome, report: Report) {
    let tool = try Tool()
    let path = try layers(tool, replacing: piece, with: other)
    let outcome = try tool.run(
      ["identify", "--format", "json"] + options + ["--", "python3", path, layer])
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    #expect(report.format == "rnncheck-identification")
    return (outcome, report)
  }

  @Test(arguments: [
    (
      layer: "lstm", formulation: "donahue-lstm", gates: ["i", "f", "g", "o"], complements: [],
      biases: 1, shape: "[I, 4H]"
    ),
    (
      layer: "gru", formulation: "cs224d-gru", gates: ["r", "z", "h_tilde"], complements: ["z"],
      biases: 2, shape: "[3H, I]"
    ),
    (
      layer: "gru-before", formulation: "cs224d-gru/reset-before", gates: ["z", "r", "h_tilde"],
      complements: [], biases: 1, shape: "[3H, I+H]"
    ),
  ])
  func namesTheLayer(
    asked: (
      layer: String, formulation: String, gates: [String], complements: [String], biases: Int,
      shape: String
    )
  ) throws {
    let (outcome, report) = try identify(asked.layer)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let match = try #require(
      report.matches.first { $0.formulation == asked.formulation }, "\(report)")
    #expect(match.gates == asked.gates)
    #expect(match.complements == asked.complements)
    #expect(match.biases == asked.biases)
    #expect(match.weights.first?.shape == asked.shape)
    #expect(match.output == "h")
    #expect(report.matches.allSatisfy { ($0.worst_ratio ?? .infinity) <= 1 && $0.change == nil })
  }

  @Test func gateOrdersAreToldApart() throws {
    let orders = [("i, f, g, o", ["i", "f", "g", "o"]), ("o, g, i, f", ["o", "g", "i", "f"])]
    for (text, gates) in orders {
      let (_, report) = try identify(
        "lstm", replacing: "i, f, g, o = np.split", with: "\(text) = np.split")
      let orders = Set(report.matches.filter { $0.formulation == "donahue-lstm" }.map(\.gates))
      #expect(orders == [gates])
    }
  }

  @Test func oneChangeIsNamed() throws {
    let (outcome, report) = try identify(
      "lstm", replacing: "h, c = asked.states", with: "h, c = np.zeros_like(asked.states)")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(report.matches.first?.change?.contains("zero states") ?? false, "\(report)")
  }

  @Test func whatIsNothingKnownIsNotNamed() throws {
    let (outcome, report) = try identify(
      "lstm", replacing: "    return 1 / (1 + np.exp(-a))",
      with: "    return np.clip(a / 6 + 0.5, 0, 1)")
    #expect(outcome.status == 1)
    #expect(report.matches.isEmpty)
    let nearest = try #require(report.nearest)
    #expect(nearest.failures > 0)
    #expect(nearest.departure.contains("step "))
  }

  @Test func aSmallDifferenceIsNotOverlooked() throws {
    let (outcome, _) = try identify(
      "lstm", replacing: "h = sigmoid(o) * np.tanh(c)",
      with: "h = (1 + 1e-12) * sigmoid(o) * np.tanh(c)")
    #expect(outcome.status == 1)
  }

  @Test func peopleReadOneLine() throws {
    let tool = try Tool()
    let outcome = try tool.run("identify", "--", "python3", try layers(tool), "gru")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.output.contains(
        "cs224d-gru with z ↔ 1 − z, gates r z h_tilde, two biases, weights [3H, I]\n"),
      "\(outcome.output)")
  }

  @Test(arguments: [
    (command: ["false"], says: "exit"),
    (command: ["python3", "\(adapters)/numpy_lstm.py"], says: "no layer"),
  ])
  func whatCannotBeRunIsSaid(asked: (command: [String], says: String)) throws {
    let tool = try Tool()
    let outcome = try tool.run(["identify", "--"] + asked.command)
    #expect(outcome.status == 2, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errors.contains(asked.says), "\(outcome.errors)")
    #expect(try tool.run("identify").status == 64)
  }
}
