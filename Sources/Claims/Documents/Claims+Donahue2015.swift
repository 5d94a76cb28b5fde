extension Claim {
  /// The claims of the post after Donahue et al.
  static let donahue2015: [Claim] = [
    Claim(
      "donahue/sigmoid", in: "donahue-2015", "σ(x) = 1 ÷ (1 + e^−x)",
      "what the post means by its sigmoid", about: ["donahue-rnn"],
      check: RangeChecks.isLogistic("donahue-rnn", state: "h", inputMatrix: "W_xh")),
    Claim(
      "donahue/sigmoid-derivative-range", in: "donahue-2015", "0 < σ′(x) ≤ 1/4",
      "follows from the printed σ: the factor of every step back is at most a quarter of a weight",
      about: ["donahue-rnn"],
      check: RangeChecks.slopesLie(
        "donahue-rnn", function: "sigma", in: .init(lower: 0, upper: 0.25, includesUpper: true))),
    Claim(
      "donahue/feedback-loop", in: "donahue-2015", "∂s_t/∂s_0 ≠ 0",
      "a recurrent network has a feedback loop: each state reaches itself",
      about: ["donahue-rnn", "donahue-lstm"],
      check: StructureChecks.hasFeedback(["donahue-rnn", "donahue-lstm"])),
    Claim(
      "donahue/vanish-or-explode", in: "donahue-2015", "∂h_t/∂h_k → 0, ∂h_t/∂h_k → ∞",
      "error signals of the RNN can become smaller and smaller, and larger and larger",
      about: ["donahue-rnn"],
      check: GrowthChecks.derivatives(
        ["donahue-rnn"], state: "h",
        [
          .logistic(matrix: "W_hh", bias: "b_h", state: "h", weight: 1),
          .logistic(matrix: "W_hh", bias: "b_h", state: "h", weight: 8),
        ])),
    keepsCell(
      "donahue", "donahue-2015", ["donahue-lstm"], cell: "c", forget: "f", input: "i"),
    cellPath("donahue", "donahue-2015", ["donahue-lstm"], cell: "c", forget: "f"),
  ]

  /// An LSTM's memory is kept where the forget gate is open and the input gate closed.
  static func keepsCell(
    _ prefix: String, _ document: String, _ ids: [String], cell: String, forget: String,
    input: String
  ) -> Claim {
    Claim(
      "\(prefix)/lstm-keeps-cell", in: document,
      "f_t = 1, i_t = 0: \(cell)_t = \(cell)_{t-1}",
      "follows from the printed equations: the memory and its gradient stay as they are",
      about: ids,
      check: GateChecks.keepsCell(ids, cell: cell, forget: forget, input: input))
  }

  /// The derivative along an LSTM's memory is the forget gate.
  static func cellPath(
    _ prefix: String, _ document: String, _ ids: [String], cell: String, forget: String
  ) -> Claim {
    Claim(
      "\(prefix)/lstm-cell-path", in: document,
      "∂\(cell)_t/∂\(cell)_{t-1} = diag \(forget)_t, all else held",
      "follows from the printed equations: along the memory a gradient is multiplied by the forget"
        + " gate", about: ids,
      check: GateChecks.cellPathIsGate(ids, cell: cell, gate: forget))
  }
}

extension GrowthChecks.FixedPoint {
  /// One unit of s = σ(W s + b) that stays at ½: b = −W/2, and the factor of a step is W/4.
  static func logistic(matrix: String, bias: String, state: String, weight: Double) -> Self {
    Self(
      point: HandPoint(
        parameters: [matrix: [weight], bias: [-weight / 2]], states: [state: [0.5]]),
      reason:
        "one unit, \(matrix) = \(weight.plain), \(bias) = \((-weight / 2).plain), \(state) = 1/2 at every"
        + " step: each step multiplies by \(matrix)/4",
      factor: weight / 4)
  }

  /// One unit that stays at 0, where tanh′ is 1: the factor of a step is W.
  static func origin(matrix: String, weight: Double) -> Self {
    Self(
      point: HandPoint(parameters: [matrix: [weight]]),
      reason:
        "one unit, \(matrix) = \(weight.plain), state 0 at every step: each step multiplies by"
        + " \(matrix) tanh′(0) = \(weight.plain)",
      factor: weight)
  }
}
