extension Claim {
  /// The claims of Knight's notes.
  static let knight2017: [Claim] = [
    Claim(
      "knight/tanh-derivative-range", in: "knight-2017", "tanh′(x) ∈ (−1, 1)",
      "the gradients of tanh lie strictly between −1 and 1", about: ["knight-rnn"],
      falseBecause: RangeChecks.slopesLie(
        "knight-rnn", function: "tanh", in: .init(lower: -1, upper: 1, includesUpper: false)),
      correction: "tanh′(x) ∈ (0, 1]: 1 at x = 0, and never 0 or below",
      corrected: RangeChecks.slopesLie(
        "knight-rnn", function: "tanh", in: .init(lower: 0, upper: 1, includesUpper: true))),
    Claim(
      "knight/exponential-decay", in: "knight-2017", "|∂h_t/∂h_k| → 0",
      "the chain rule multiplies numbers below one, so that the gradient decays exponentially",
      about: ["knight-rnn"],
      falseBecause: GrowthChecks.decays(
        "knight-rnn", state: "h", [.origin(matrix: "W_hh", weight: 2)]),
      correction:
        "it decays at least as ‖W_hh‖^(t−k) where ‖W_hh‖ < 1; the weights are factors too",
      corrected: NormChecks.decayBelowOne("knight-rnn", matrix: "W_hh")),
    keepsCell("knight", "knight-2017", ["knight-lstm"], cell: "c", forget: "f", input: "i"),
    cellPath("knight", "knight-2017", ["knight-lstm"], cell: "c", forget: "f"),
  ]
}
