extension Claim {
  /// The claims of Padhai's notes.
  static let padhai: [Claim] = {
    let document = "padhai"
    let rnns = ["padhai-rnn", "padhai-rnn/classification"]
    let lstms = ["padhai-lstm", "padhai-lstm/linear-write", "padhai-lstm/printed-candidate"]
    let gru = "padhai-gru"
    let doubling = GrowthChecks.FixedPoint.logistic(
      matrix: "W", bias: "b", state: "s", weight: 8)
    let keeping = GrowthChecks.FixedPoint.logistic(matrix: "W", bias: "b", state: "s", weight: 4)
    let quartering = GrowthChecks.FixedPoint.logistic(
      matrix: "W", bias: "b", state: "s", weight: 1)
    return [
      Claim(
        "padhai/outputs-from-the-past", in: document, "∂ŷ_t/∂x_k ≠ 0, k < t",
        "outputs depend on earlier inputs too", about: rnns,
        check: StructureChecks.outputsFollowFromThePast(rnns, output: "y_hat")),
      Claim(
        "padhai/same-function", in: document, "the same function for every step",
        "a recurrent network evaluates the same function at each step", about: rnns,
        check: StructureChecks.stepsAreTheSame(rnns)),
      Claim(
        "padhai/rnn-vanishes-or-explodes", in: document, "∂s_t/∂s_k → 0 or ∞",
        "gradients of the RNN either vanish or explode", about: rnns,
        falseBecause: GrowthChecks.eitherVanishOrExplode(
          rnns, state: "s", [doubling, quartering, keeping]),
        correction: "they can vanish, can explode, and between the two can stay as they are",
        corrected: GrowthChecks.derivatives(rnns, state: "s", [doubling, keeping, quartering])),
      Claim(
        "padhai/gates-between-0-and-1", in: document, "o_t, i_t, f_t ∈ (0, 1)",
        "a gate lies between 0 and 1 and says what fraction passes", about: lstms + [gru],
        check: GateChecks.liveInUnitInterval(
          Dictionary(
            lstms.map { ($0, ["o", "i", "f"]) } + [(gru, ["o", "i"])],
            uniquingKeysWith: { first, _ in first }))),
      keepsCell("padhai", document, lstms, cell: "s", forget: "f", input: "i"),
      cellPath("padhai", document, lstms, cell: "s", forget: "f"),
      Claim(
        "padhai/lstm-unchanged-gradient", in: document, "∂s_t/∂s_{t-1} = 1",
        "the LSTM lets gradients flow unchanged", about: lstms,
        falseBecause: GateChecks.cellPathIsUnchanged(lstms, cell: "s", gate: "f"),
        correction: "a step multiplies by f_t = σ(…) < 1; unchanged only in the limit f_t = 1",
        corrected: GateChecks.keepsCell(lstms, cell: "s", forget: "f", input: "i")),
      Claim(
        "padhai/lstm-explodes", in: document, "∂s_t/∂s_k → ∞",
        "the LSTM can suffer from exploding gradients", about: ["padhai-lstm"],
        // s = ½ and h = σ(½)/2 = 0.3112…, every gate ½: a step multiplies by about ½ + W/68.
        check: GrowthChecks.exceeds(
          ["padhai-lstm"], state: "s",
          HandPoint(
            parameters: ["W": [128], "b": [-128 * 0.31122966560092728]],
            states: ["s": [0.5], "h": [0.31122966560092728]]),
          steps: 12, least: 100)),
      Claim(
        "padhai/gru-no-forget-gate", in: document, "s_t = (1 − i_t) ⊙ s_{t-1} + i_t ⊙ s̃_t",
        "the GRU has no forget gate", about: [gru],
        check: StructureChecks.hasNoForgetGate(gru, state: "s")),
      Claim(
        "padhai/gru-fewer-parameters", in: document, "|GRU| < |LSTM|",
        "the GRU needs fewer parameters than the LSTM, for all sizes", about: [gru] + lstms,
        check: StructureChecks.hasFewerParameters(gru, than: lstms)),
      Claim(
        "padhai/gru-vanilla", in: document, "o_t = 1, i_t = 1: s_t = σ(W s_{t-1} + U x_t + b)",
        "follows from the printed equations: with its gates open the GRU is the document's RNN",
        about: [gru], compared: ["padhai-rnn"],
        check: SpecialCaseChecks.isEqual([
          .init(special: gru, plain: "padhai-rnn", held: ["o": 1, "i": 1], states: ("s", "s"))
        ])),
    ]
  }()
}
