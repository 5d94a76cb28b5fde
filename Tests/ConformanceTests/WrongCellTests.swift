import Conformance
import Equations
import Tensors
import Testing

@Suite("Wrong cells are rejected, and the report names the step and the signal")
struct WrongCellTests {
  /// A wrong cell and where it goes wrong in the case `generic` (T = 4).
  struct Wrong: Sendable, CustomTestStringConvertible {
    let name: String
    let id: String
    let subject: any Subject
    let fault: Check
    let step: Int?
    let quantity: Quantity

    var testDescription: String { name }
  }

  static func wrong() throws -> [Wrong] {
    let lstm = try Workbench.entry("donahue-lstm").subject
    let gru = try Workbench.entry("cs224d-gru").subject
    let padhai = try Workbench.entry("padhai-lstm").subject
    func printed(_ id: String, _ piece: String, _ other: String) throws -> any Subject {
      try FormulationSubject(Workbench.formulation(id, replacing: piece, with: other))
    }
    func given(
      _ base: any Subject, _ change: @escaping @Sendable (inout Case<Double>) -> Void
    ) -> any Subject {
      Rewired(
        name: "given", base: base,
        given: { problem in
          var problem = problem
          change(&problem)
          return problem
        })
    }
    @Sendable func zeroed(_ tensor: inout Tensor<Double>?) { tensor = tensor?.map { $0 * 0 } }
    return [
      Wrong(
        name: "gates i and f exchanged", id: "donahue-lstm",
        subject: Rewired.permuted(
          lstm,
          [
            "W_xi": "W_xf", "W_xf": "W_xi", "W_hi": "W_hf", "W_hf": "W_hi", "b_i": "b_f",
            "b_f": "b_i",
          ]), fault: .forwardStep, step: 0, quantity: .sequence("i")),
      Wrong(
        name: "z polarity", id: "cs224d-gru",
        subject: try printed(
          "cs224d-gru", #"(1-z_t)h_{t-1} + z_t\tilde{h_t}"#, #"z_t h_{t-1} + (1-z_t)\tilde{h_t}"#),
        fault: .forwardStep, step: 0, quantity: .sequence("h")),
      Wrong(
        name: "reset before the matrix", id: "cs224d-gru",
        subject: try Workbench.entry("cs224d-gru/reset-before").subject,
        fault: .forwardStep, step: 0, quantity: .sequence("h_tilde")),
      Wrong(
        name: "reset after the matrix", id: "cs224d-gru/reset-before",
        subject: gru, fault: .forwardStep, step: 0, quantity: .sequence("h_tilde")),
      Wrong(
        name: "bias of o dropped", id: "donahue-lstm",
        subject: given(lstm) { zeroed(&$0.parameters["b_o"]) },
        fault: .forwardStep, step: 0, quantity: .sequence("o")),
      Wrong(
        name: "tanh for σ in the candidate", id: "padhai-lstm",
        subject: try printed(
          "padhai-lstm", #"\sigma (W h_{t-1} +"#, #"\tanh (W h_{t-1} +"#),
        fault: .forwardStep, step: 0, quantity: .sequence("s_tilde")),
      Wrong(
        name: "σ for tanh in the write", id: "donahue-lstm",
        subject: try printed("donahue-lstm", #"\varphi(c_t)"#, #"\sigma(c_t)"#),
        fault: .forwardStep, step: 0, quantity: .sequence("h")),
      Wrong(
        name: "recurrent matrix transposed", id: "donahue-lstm",
        subject: Rewired.transposed(lstm, "W_hc"),
        fault: .forwardStep, step: 0, quantity: .sequence("g")),
      Wrong(
        name: "initial h ignored", id: "donahue-lstm",
        subject: given(lstm) { zeroed(&$0.batch.initial["h"]) },
        fault: .forwardStep, step: 0, quantity: .sequence("i")),
      Wrong(
        name: "initial c ignored", id: "donahue-lstm",
        subject: given(lstm) { zeroed(&$0.batch.initial["c"]) },
        fault: .forwardStep, step: 0, quantity: .sequence("c")),
      Wrong(
        name: "linear write", id: "padhai-lstm",
        subject: try Workbench.entry("padhai-lstm/linear-write").subject,
        fault: .forwardStep, step: 0, quantity: .sequence("h")),
      Wrong(
        name: "canonical for the printed candidate", id: "padhai-lstm/printed-candidate",
        subject: padhai, fault: .forwardStep, step: 0, quantity: .sequence("s_tilde")),
      Wrong(
        name: "backpropagation truncated before step 2", id: "donahue-lstm",
        subject: Rewired.truncated(lstm, before: 2),
        fault: .backwardStep, step: 1, quantity: .cotangent("h")),
      Wrong(
        name: "a gradient overwritten", id: "donahue-lstm",
        subject: Rewired.overwritten(lstm, "W_xf", gate: "f"),
        fault: .backwardStep, step: nil, quantity: .parameter("W_xf")),
      Wrong(
        name: "upstream gradients squared", id: "cs224d-gru",
        subject: Rewired.cotangents(gru) { $0 * $0 },
        fault: .backwardStep, step: 3, quantity: .cotangent("h")),
      Wrong(
        name: "upstream gradients without their sign", id: "cs224d-gru",
        subject: Rewired.cotangents(gru) { $0.magnitude },
        fault: .backwardStep, step: 3, quantity: .cotangent("h")),
      Wrong(
        name: "upstream gradients clipped", id: "padhai-lstm",
        subject: Rewired.cotangents(padhai) { max(-1, min(1, $0)) },
        fault: .backwardStep, step: 3, quantity: .cotangent("h")),
    ]
  }

  @Test("in Double and in Float", arguments: try wrong())
  func rejected(_ wrong: Wrong) async throws {
    for precision in Conformance.Precision.wide {
      let report = try await Workbench.report(
        wrong.subject, against: wrong.id,
        checks: [.forwardStep, .backwardStep, .values, .gradients], precisions: [precision],
        cases: ["generic"])
      let fault = try #require(Report.fault(in: report.results))
      #expect(fault.check == wrong.fault)
      #expect(fault.deviation?.quantity == wrong.quantity)
      #expect(fault.deviation?.step == wrong.step)
      // Whatever is wrong inside must be seen from outside too.
      let outside = report.results.filter { [.values, .gradients].contains($0.check) }
      #expect(outside.contains { $0.verdict == .departs })
    }
  }

  @Test("a subject that reports nothing but h is still found at its first wrong step")
  func outputsOnly() async throws {
    let lstm = try Workbench.entry("donahue-lstm").subject
    let wrong = Rewired(
      name: "late", base: lstm,
      answered: { _, answers in
        var outputs = answers.filter { $0.key == .sequence("h") }
        // The state of step 2 is handed on where that of step 1 should be.
        if var h = outputs[.sequence("h")], h.shape[0] > 2 {
          for unit in 0..<h.shape[2] { h[2, 0, unit] = h[1, 0, unit] }
          outputs[.sequence("h")] = h
        }
        return outputs
      })
    let report = try await Workbench.report(
      wrong, against: "donahue-lstm", checks: [.values, .gradients, .forwardStep],
      cases: ["generic"])
    let values = report.results.filter { $0.check == .values }
    #expect(values.allSatisfy { $0.verdict == .departs && $0.deviation?.step == 2 })
    #expect(
      report.results.filter { $0.check == .gradients }.allSatisfy { $0.verdict == .notOffered })
    let steps = report.results.filter { $0.check == .forwardStep }
    #expect(steps.allSatisfy { $0.verdict == .departs && $0.deviation?.step == 2 })
  }

  @Test("finite differences reject a gradient that is not that of the forward pass")
  func differences() async throws {
    let lstm = try Workbench.entry("donahue-lstm").subject
    for wrong in [
      Rewired.overwritten(lstm, "W_xo", gate: "o"), Rewired.truncated(lstm, before: 3),
      Rewired.cotangents(lstm) { $0 * $0 },
    ] {
      let report = try await Workbench.report(
        wrong, against: "donahue-lstm", checks: [.differences], cases: ["last-step"])
      #expect(report.results.map(\.verdict) == [.departs], "\(wrong.name)")
    }
  }

  @Test("linearity rejects a backward pass that is not linear, whatever it says of the goldens")
  func linearity() async throws {
    let gru = try Workbench.entry("padhai-gru").subject
    for change in [{ $0 * $0 }, { $0.magnitude }, { max(-1, min(1, $0)) }]
      as [@Sendable (Double) -> Double]
    {
      let report = try await Workbench.report(
        Rewired.cotangents(gru, change), against: "padhai-gru", checks: [.linearity],
        cases: ["generic"])
      #expect(report.results.allSatisfy { $0.verdict == .departs })
    }
  }

  @Test("NaN, infinity, a wrong shape and a failure are never right")
  func malformed() async throws {
    let lstm = try Workbench.entry("donahue-lstm").subject
    struct Refusal: Error {}
    for bad in [Double.nan, .infinity] {
      let wrong = Rewired(
        name: "not finite", base: lstm,
        answered: { _, answers in
          answers.mapValues { tensor in tensor.map { _ in bad } }
        })
      let report = try await Workbench.report(
        wrong, against: "donahue-lstm", cases: ["generic", "ragged"])
      #expect(report.results.allSatisfy { $0.verdict == .departs || $0.verdict == .error })
      _ = try report.json()
    }
    let misshapen = Rewired(
      name: "misshapen", base: lstm,
      answered: { _, answers in answers.mapValues { _ in Tensor(zeros: [1]) } })
    let failing = Rewired(name: "failing", base: lstm, answered: { _, _ in throw Refusal() })
    for wrong in [misshapen, failing] {
      let report = try await Workbench.report(wrong, against: "donahue-lstm", cases: ["generic"])
      // A wrong shape that is the same again aliases nothing.
      for result in report.results
      where result.check != .aliasing || wrong.name == failing.name {
        #expect(result.verdict == .error && !result.message.isEmpty, "\(result.check)")
      }
    }
  }
}
