import Equations
import Foundation
import GradientFlow
import Testing

@Suite("Gradient flow")
struct MeasurementTests {
  @Test("every formulation is measured, and no norm exceeds a bound")
  func all() async throws {
    let formulations = try Workbench.ids.map { try Workbench.formulation($0) }
    let flow = try await FlowMeasurement(
      of: formulations, options: FlowOptions(hidden: 4, steps: 12))
    #expect(flow.panels.count == 2)
    for panel in flow.panels {
      #expect(Set(panel.curves.map(\.formulation)) == Set(Workbench.ids))
      for curve in panel.curves {
        #expect(curve.norms.count == 13)
        #expect(curve.norms.first?.decimal.hasPrefix("1.0000") ?? false)
        guard let bound = curve.bound else { continue }
        for (norm, limit) in zip(curve.norms, bound.values) {
          #expect((norm.log10 ?? -.infinity) <= (limit.log10 ?? -.infinity) + 1e-9)
        }
      }
    }
    let bounded = flow.panels[0].curves.filter { $0.bound != nil }.map(\.formulation)
    #expect(bounded.contains("elman-tanh") && bounded.contains("donahue-rnn"))
    #expect(!bounded.contains("leaky-rnn") && !bounded.contains("donahue-lstm"))
  }

  @Test("vanishing, exploding and the carousel are there by default")
  func regimes() async throws {
    let ids = ["elman-tanh", "donahue-lstm", "cs224d-gru", "leaky-rnn"]
    let flow = try await FlowMeasurement(of: try ids.map { try Workbench.formulation($0) })
    func last(_ panel: Int, _ id: String, _ state: String) throws -> Double {
      let curve = try #require(
        flow.panels[panel].curves.first { $0.formulation == id && $0.state == state })
      return try #require(curve.norms.last?.log10)
    }
    #expect(try last(0, "elman-tanh", "s") < -12)
    #expect(try last(0, "leaky-rnn", "h") < -10)
    #expect(try last(1, "elman-tanh", "s") > 4)
    #expect(try last(1, "leaky-rnn", "h") > 4)
    for panel in 0...1 {
      #expect(abs(try last(panel, "donahue-lstm", "c")) < 3)
      #expect(abs(try last(panel, "cs224d-gru", "h")) < 1)
    }
  }

  @Test("far below the least double, and exactly zero")
  func small() async throws {
    let flow = try await FlowMeasurement(
      of: [try Workbench.formulation("elman-tanh"), try Workbench.formulation("delayed-rnn")],
      options: FlowOptions(hidden: 3, steps: 400, scales: [0.1]))
    let vanished = try #require(flow.panels[0].curves[0].norms.last)
    #expect(try #require(vanished.log10) < -400)
    #expect(vanished.decimal.hasSuffix("e-\(Int(-(try #require(vanished.log10)).rounded(.down)))"))
    let delayed = flow.panels[0].curves[1].norms
    for (distance, norm) in delayed.enumerated() {
      #expect((norm.log10 == nil) == (distance % 3 != 0))
      #expect((norm.decimal == "0") == (distance % 3 != 0))
    }
    #expect(flow.csv.contains("0.1,delayed-rnn,h,1,0,,,"))
    #expect(!FlowPicture(flow).svg.contains("nan") && !FlowPicture(flow).svg.contains("inf"))
  }

  @Test("the seed decides everything")
  func deterministic() async throws {
    let formulation = try Workbench.formulation("donahue-lstm")
    let options = FlowOptions(hidden: 3, steps: 6)
    let first = try await FlowMeasurement(of: [formulation], options: options)
    #expect(try await FlowMeasurement(of: [formulation], options: options) == first)
    var other = options
    other.seed = 2
    #expect(try await FlowMeasurement(of: [formulation], options: other).panels != first.panels)
  }

  @Test("an open gate carries the cell's gradient on, a closed one does not")
  func gateBias() async throws {
    for (id, state) in [("donahue-lstm", "c"), ("cs224d-gru", "h"), ("padhai-gru", "s")] {
      let formulation = try Workbench.formulation(id)
      let ends = try await [8.0, -8].asyncMap { bias in
        let flow = try await FlowMeasurement(
          of: [formulation],
          options: FlowOptions(hidden: 4, steps: 20, scales: [0.5], gateBias: bias))
        return try #require(
          flow.panels[0].curves.first { $0.state == state }?.norms.last?.log10)
      }
      #expect(abs(ends[0]) < 0.5, "\(id)")
      #expect(ends[1] < -4, "\(id)")
    }
  }

  @Test("a formulation without a state, and one too large, are errors")
  func errors() async throws {
    let stateless = try Workbench.formulation("plain", [#"h_t = \tanh(W x_t)"#])
    await #expect { try await FlowMeasurement(of: [stateless]) } throws: {
      ($0 as? FlowError)?.code == .stateless
    }
    let large = try Workbench.formulation("donahue-lstm")
    await #expect {
      try await FlowMeasurement(of: [large], options: FlowOptions(hidden: 64, steps: 1000))
    } throws: {
      ($0 as? FlowError)?.code == .size
    }
  }
}

extension Array {
  fileprivate func asyncMap<Result>(
    _ transform: (Element) async throws -> Result
  ) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}
