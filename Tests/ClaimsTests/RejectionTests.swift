import Claims
import Equations
import Tensors
import Testing

/// A changed formulation makes every claim about it come out otherwise.
@Suite("A claim's check rejects another system")
struct RejectionTests {
  struct Change: Sendable, CustomTestStringConvertible {
    let claim: String
    let formulation: String
    /// The verdict of the claim as printed, of the changed formulation.
    let verdict: ClaimResult.Verdict
    let apply: @Sendable (inout Declaration) -> Void

    var testDescription: String { claim }

    static func replacing(
      _ claim: String, _ formulation: String, _ piece: String, _ other: String,
      _ verdict: ClaimResult.Verdict = .isFalse
    ) -> Change {
      Change(claim: claim, formulation: formulation, verdict: verdict) {
        $0.replace(piece, by: other)
      }
    }

    static func meaning(
      _ claim: String, _ formulation: String, _ function: String, _ activation: Activation,
      _ verdict: ClaimResult.Verdict = .isFalse
    ) -> Change {
      Change(claim: claim, formulation: formulation, verdict: verdict) {
        $0.notation.functions[function] = activation
      }
    }
  }

  static let changes: [Change] = [
    .meaning("donahue/sigmoid", "donahue-rnn", "sigma", .tanh),
    .meaning("donahue/sigmoid-derivative-range", "donahue-rnn", "sigma", .tanh),
    .replacing(
      "donahue/feedback-loop", "donahue-rnn", "W_{hh} h_{t-1}", #"0 \odot (W_{hh} h_{t-1})"#),
    .meaning("donahue/vanish-or-explode", "donahue-rnn", "sigma", .tanh),
    .replacing(
      "donahue/lstm-keeps-cell", "donahue-lstm", #"f_t \odot c_{t-1}"#,
      #"f_t \odot o_t \odot c_{t-1}"#),
    .replacing(
      "donahue/lstm-cell-path", "donahue-lstm", #"f_t \odot c_{t-1}"#, #"o_t \odot c_{t-1}"#),
    .meaning("knight/tanh-derivative-range", "knight-rnn", "tanh", .logistic, .holds),
    .meaning("knight/exponential-decay", "knight-rnn", "tanh", .logistic, .holds),
    .replacing(
      "knight/lstm-keeps-cell", "knight-lstm", #"f_t \odot c_{t-1}"#,
      #"f_t \odot i_t \odot c_{t-1}"#),
    .replacing(
      "knight/lstm-cell-path", "knight-lstm", #"f_t \odot c_{t-1}"#, #"i_t \odot c_{t-1}"#),
    .replacing("tutorial/state-from-past-and-input", "elman-relu", "Ws_{t-1}", "Ws_{t-2}"),
    .replacing("tutorial/output-from-state", "elman-tanh", "Vs_t", "Vs_t + Qx_t"),
    .meaning("tutorial/softmax-probabilities", "elman-tanh", "softmax", .logistic),
    .replacing("tutorial/gradient-sum", "elman-tanh", "Ws_{t-1}", "W(s_{t-1} + s_{t-1})"),
    .replacing("cs224d/jacobian", "cs224d-rnn", "Wf(h_{t-1})", "f(Wh_{t-1})"),
    .replacing("cs224d/jacobian-element", "cs224d-rnn", "Wf(h_{t-1})", "f(Wh_{t-1})"),
    .replacing(
      "cs224d/jacobian-product", "cs224d-rnn", "Wf(h_{t-1})", "Wf(h_{t-1}) + Qf(h_{t-2})"),
    .replacing(
      "cs224d/norm-bound-of-a-step", "cs224d-rnn", "Wf(h_{t-1})", "Wf(h_{t-1}) + h_{t-1}"),
    .replacing("cs224d/norm-bound", "cs224d-rnn", "Wf(h_{t-1})", "Wf(h_{t-1}) + h_{t-1}"),
    .replacing("cs224d/vanish-or-explode", "cs224d-rnn", "Wf(h_{t-1})", "Wf(h_{t-1}) + h_{t-1}"),
    .replacing("cs224d/gradient-of-last-error", "cs224d-rnn", "Wf(h_{t-1})", "f(Wh_{t-1})"),
    .replacing("cs224d/skip-connection", "skip-rnn", " + W_d f(h_{t-d})", ""),
    .replacing(
      "cs224d/removed-connection", "delayed-rnn", "Wf(h_{t-d})", "Wf(h_{t-d}) + Qf(h_{t-1})"),
    .replacing("cs224d/leaky-standard", "leaky-rnn", "α_ih_{t−1,i}", "h_{t−1,i}"),
    .replacing("cs224d/leaky-vanishes", "leaky-rnn", "α_ih_{t−1,i}", "h_{t−1,i}"),
    .replacing("cs224d/leaky-explodes", "leaky-rnn", "α_ih_{t−1,i}", "h_{t−1,i}"),
    .replacing(
      "cs224d/lstm-gates", "cs224d-lstm", "U_fx_t + b_f", "U_fx_t + V_fC_{t-1} + b_f"),
    .replacing("cs224d/lstm-leaky", "cs224d-lstm", "f_tC_{t-1}", "f_to_tC_{t-1}"),
    .replacing("cs224d/lstm-keeps-cell", "cs224d-lstm", "f_tC_{t-1}", "f_to_tC_{t-1}"),
    .replacing("cs224d/lstm-cell-path", "cs224d-lstm", "f_tC_{t-1}", "i_tC_{t-1}"),
    .replacing("cs224d/gru-leaky", "cs224d-gru", "(1-z_t)h_{t-1}", "z_th_{t-1}"),
    .replacing("cs224d/gru-context", "cs224d-gru", "W_zh_{t-1} + U_zx_t", "U_zx_t"),
    .meaning("cs224d/gru-vanilla", "cs224d-gru/reset-before", "tanh", .logistic),
    .replacing("padhai/outputs-from-the-past", "padhai-rnn", "Ws_{i-1}", "Ws_{i-4}"),
    .meaning("padhai/rnn-vanishes-or-explodes", "padhai-rnn", "sigma", .tanh),
    .meaning("padhai/gates-between-0-and-1", "padhai-lstm", "sigma", .tanh),
    .replacing(
      "padhai/lstm-keeps-cell", "padhai-lstm", #"s_{t-1} \odot f_{t}"#,
      #"s_{t-1} \odot f_{t} \odot o_{t}"#),
    .replacing(
      "padhai/lstm-cell-path", "padhai-lstm/linear-write", #"s_{t-1} \odot f_{t}"#,
      #"s_{t-1} \odot o_{t}"#),
    .replacing(
      "padhai/lstm-explodes", "padhai-lstm", #"\tilde{s_{t}} \odot i_{t} + "#,
      #"0 \odot \tilde{s_{t}} \odot i_{t} + "#),
    .replacing(
      "padhai/gru-no-forget-gate", "padhai-gru", #"(1-i_{t}) \odot s_{t-1}"#,
      #"o_{t} \odot s_{t-1}"#),
    .replacing(
      "padhai/gru-fewer-parameters", "padhai-gru", "U x_{t} + b ",
      "U x_{t} + A x_t + D x_t + E s_{t-1} + G s_{t-1} + b + d "),
    .replacing("padhai/gru-vanilla", "padhai-gru", "U x_{t} + b ", "U x_{t} - b "),
  ]

  @Test("of the same name", arguments: changes)
  func rejected(_ change: Change) throws {
    let result = try Workbench.result(
      of: change.claim, changing: change.formulation, change.apply)
    #expect(!result.isExpected)
    #expect(result.verdict == change.verdict, "\(result.message) \(result.counterexample ?? "")")
  }

  @Test("and the claim that gradients stay as they are becomes true where nothing is forgotten")
  func unchangedGradient() throws {
    var formulations = try Workbench.formulations()
    for id in ["padhai-lstm", "padhai-lstm/linear-write", "padhai-lstm/printed-candidate"] {
      formulations[id] = try Workbench.formulations(changing: id) {
        $0.replace(#"s_{t-1} \odot f_{t}"#, by: #"s_{t-1} + 0 \odot f_{t}"#)
      }[id]
    }
    let result = try Workbench.claim("padhai/lstm-unchanged-gradient").examined(with: formulations)
    #expect(result.verdict == .holds, "\(result.message)")
    #expect(!result.isExpected)
  }

  // MARK: What no formulation can break is broken in the check

  private func expectFalse(
    _ check: ClaimCheck, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let finding = try check(ClaimSystems(try Workbench.formulations()))
    guard case .isFalse = finding else {
      Issue.record("it holds: \(finding)", sourceLocation: sourceLocation)
      return
    }
  }

  private static let brokenInTheCheck: Set<String> = [
    "tutorial/shared-parameters", "padhai/same-function", "cs224d/gradient-sum",
    "cs224d/distant-word", "cs224d/clipping", "padhai/lstm-unchanged-gradient",
  ]

  @Test("steps with parameters of their own are not the same step")
  func stepParameters() throws {
    for ids in [["elman-tanh", "elman-relu"], ["padhai-rnn"]] {
      try expectFalse(
        StructureChecks.stepsAreTheSame(ids) { $0.mapValues { $0.map { $0 * 1.0000001 } } })
    }
  }

  @Test("a sum that leaves out the first step's error is not the gradient")
  func incompleteSum() throws {
    try expectFalse(
      GradientSumChecks.isSumOverLosses(["cs224d-rnn"], output: "y_hat", from: 2))
  }

  @Test(
    "clipping that loses the sign, cuts at the wrong place or changes what it should not",
    arguments: [0, 1, 2, 3])
  func clipping(_ fault: Int) throws {
    try expectFalse(
      ProcedureChecks.clips { gradient, threshold in
        switch fault {
        case 0: abs(gradient) > threshold ? threshold : gradient
        case 1: gradient > threshold ? threshold : gradient
        case 2: abs(gradient) > threshold ? 0 : gradient / 2
        default: abs(gradient) > threshold ? (gradient > 0 ? -threshold : threshold) : gradient
        }
      })
  }

  @Test("a text in which the name stands elsewhere")
  func distantWord() throws {
    let text = ProcedureChecks.Sentences(
      lengths: [5, 4, 6, 4], names: [(sentence: 2, word: 2, name: "John")])
    try expectFalse(
      ProcedureChecks.stands("John", 16, stepsBeforeTheEndOf: text, countingStops: [true, false]))
    let other = ProcedureChecks.Sentences(
      lengths: [5, 4, 6, 4], names: [(sentence: 1, word: 4, name: "Jane")])
    let finding = try ProcedureChecks.stands(
      "Jane", 16, stepsBeforeTheEndOf: other, countingStops: [false, true])(ClaimSystems([:]))
    guard case .holds = finding else {
      Issue.record("\(finding)")
      return
    }
  }

  @Test("no claim is left out")
  func complete() {
    #expect(
      Set(Self.changes.map(\.claim)).union(Self.brokenInTheCheck) == Set(Workbench.ids))
  }
}
