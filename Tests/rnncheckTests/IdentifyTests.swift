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

  /// The template's layers with some pieces replaced, in the tool's folder.
  private func layers(_ tool: Tool, replacing pieces: [String: String] = [:]) throws -> String {
    for name in ["exchange.py", "installed.py"] {
      try FileManager.default.copyItem(
        atPath: "\(Self.adapters)/\(name)", toPath: "\(tool.folder.path)/\(name)")
    }
    var text = try String(contentsOfFile: Self.adapters + "/numpy_layers.py", encoding: .utf8)
    for (piece, other) in pieces {
      #expect(text.contains(piece), "the template has no '\(piece)'")
      text = text.replacingOccurrences(of: piece, with: other)
    }
    return try tool.folder.write(text, to: "numpy_layers.py")
  }

  private func identify(
    _ layer: String, replacing pieces: [String: String] = [:], _ options: String...
  ) throws -> (outcome: Tool.Outcome, report: Report) {
    let tool = try Tool()
    let path = try layers(tool, replacing: pieces)
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
    (
      layer: "rnn", formulation: "elman-tanh", gates: ["s"], complements: [], biases: 1,
      shape: "[H, I]"
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
    #expect(match.output == match.states.first)
    #expect(report.matches.allSatisfy { ($0.worst_ratio ?? .infinity) <= 1 && $0.change == nil })
    #expect(report.nearest == nil)
    // The other place of the reset gate is another layer.
    let found = Set(report.matches.map(\.formulation))
    #expect(!found.isSuperset(of: ["cs224d-gru", "cs224d-gru/reset-before"]))
  }

  @Test func gateOrdersAreToldApart() throws {
    let orders = [("i, f, g, o", ["i", "f", "g", "o"]), ("o, g, i, f", ["o", "g", "i", "f"])]
    for (text, gates) in orders {
      let (_, report) = try identify(
        "lstm", replacing: ["i, f, g, o = np.split": "\(text) = np.split"])
      let found = Set(report.matches.filter { $0.formulation == "donahue-lstm" }.map(\.gates))
      #expect(found == [gates])
    }
  }

  /// Other ways to hold the weights of the template's GRU.
  private static let gruWeights = [
    "three axes, and both biases in one": (
      [
        #"asked.weight("weight_ih", (3 * asked.hidden_size, asked.input_size))"#:
          #"asked.weight("W", (1, 3 * asked.hidden_size, asked.input_size))[0]"#,
        #"asked.weight("weight_hh", (3 * asked.hidden_size, asked.hidden_size))"#:
          #"asked.weight("R", (1, 3 * asked.hidden_size, asked.hidden_size))[0]"#,
        #"b = asked.weight("bias_ih", (3 * asked.hidden_size,))"#:
          #"b, d = np.split(asked.weight("B", (1, 6 * asked.hidden_size))[0], 2)"#,
        #"    d = asked.weight("bias_hh", (3 * asked.hidden_size,))"#: "",
      ], ["W x, gates in rows", "first half added beside W x, second half added beside W h"]
    ),
    "a matrix for each gate": (
      [
        #"asked.weight("weight_ih", (3 * asked.hidden_size, asked.input_size))"#:
          #"np.concatenate([asked.weight(f"W{k}", (asked.hidden_size, asked.input_size)) for k in "rzn"])"#,
        #"asked.weight("weight_hh", (3 * asked.hidden_size, asked.hidden_size))"#:
          #"np.concatenate([asked.weight(f"U{k}", (asked.hidden_size, asked.hidden_size)) for k in "rzn"])"#,
        #"asked.weight("bias_ih", (3 * asked.hidden_size,))"#: "np.zeros(3 * asked.hidden_size)",
        #"asked.weight("bias_hh", (3 * asked.hidden_size,))"#: "np.zeros(3 * asked.hidden_size)",
      ], ["W x", "W h"]
    ),
    "the gates of a unit side by side": (
      [
        "np.split(x @ W.T + b, 3, -1)":
          "np.moveaxis((x @ W.T + b).reshape(asked.batch, -1, 3), -1, 0)",
        "np.split(h @ U.T + d, 3, -1)":
          "np.moveaxis((h @ U.T + d).reshape(asked.batch, -1, 3), -1, 0)",
      ],
      [
        "W x, gates in rows, side by side in each unit",
        "W h, gates in rows, side by side in each unit",
      ]
    ),
  ]

  @Test(arguments: gruWeights.keys.sorted())
  func weightsAreReadAsTheyLie(layout: String) throws {
    let (pieces, roles) = try #require(Self.gruWeights[layout])
    let (outcome, report) = try identify("gru", replacing: pieces)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let match = try #require(
      report.matches.first { $0.formulation == "cs224d-gru" && $0.complements == ["z"] },
      "\(report)")
    #expect(match.gates == ["r", "z", "h_tilde"])
    #expect(Set(roles).isSubset(of: match.weights.map(\.role)), "\(match.weights)")
  }

  @Test func oneChangeIsNamed() throws {
    let (outcome, report) = try identify(
      "gru", replacing: ["h = asked.states[0]": "h = 0 * asked.states[0]"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!report.matches.isEmpty)
    #expect(
      report.matches.allSatisfy { $0.change?.contains("zero states") ?? false }, "\(report)")
  }

  @Test func whatIsNothingKnownIsNotNamed() throws {
    let (outcome, report) = try identify(
      "gru",
      replacing: ["    return 1 / (1 + np.exp(-a))": "    return np.clip(a / 6 + 0.5, 0, 1)"])
    #expect(outcome.status == 1)
    #expect(report.matches.isEmpty)
    let nearest = try #require(report.nearest)
    #expect(nearest.match.gates.prefix(2) == ["r", "z"], "\(nearest)")
    #expect(nearest.failures > 0)
    #expect(nearest.departure.contains("step 0"))
  }

  @Test func whatDepartsLateIsNearest() throws {
    let (outcome, report) = try identify(
      "gru", replacing: ["        outputs.append(h)": "        outputs.append(h); U = 2 * U"])
    #expect(outcome.status == 1)
    let nearest = try #require(report.nearest)
    #expect(nearest.match.gates.prefix(2) == ["r", "z"], "\(nearest)")
    #expect(nearest.departure.contains("step 1"), "\(nearest)")
  }

  @Test func aSmallDifferenceIsNotOverlooked() throws {
    let (outcome, report) = try identify(
      "gru", replacing: ["(1 - z) * np.tanh(n + r * hn)": "(1 - z + 1e-12) * np.tanh(n + r * hn)"])
    #expect(outcome.status == 1)
    #expect(report.nearest?.departure.contains("expected") ?? false)
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

  @Test(arguments: [
    ("\"final/0\": h}", "\"final/0\": h[None]}", "expected [2, 3]"),
    ("\"final/0\": h}", "\"final/h\": h}", "has 'final/h'"),
    ("\"sequence/output\": np.array(outputs)", "\"sequence/y\": 0", "no 'sequence/output'"),
    ("np.array(outputs)", "np.array(outputs)[1:]", "expected [4, 2, 3]"),
    (
      "b = asked.weight(\"b\", (asked.hidden_size,))", "b = asked.weight(\"b\", (7, 7))[0, 0]",
      "no formulation"
    ),
    ("np.tanh(x @ W.T + h @ U.T + b)", "h + asked.nothing", "AttributeError"),
  ])
  func whatCannotBeUsedIsSaid(piece: String, other: String, says: String) throws {
    let tool = try Tool()
    let path = try layers(tool, replacing: [piece: other])
    let outcome = try tool.run("identify", "--", "python3", path, "rnn")
    #expect(outcome.status == 2, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }
}
