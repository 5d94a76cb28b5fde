extension Claim {
  /// The claims of the notes that cite cs224d.
  static let cs224dNotes: [Claim] =
    jacobians + norms + gradients + timeScales + gatedUnits + tricks

  private static let document = "cs224d-notes"
  private static let plain = ["cs224d-rnn", "cs224d-rnn/softmax"]
  private static let grus = ["cs224d-gru", "cs224d-gru/reset-before"]

  private static let jacobians: [Claim] = [
    Claim(
      "cs224d/jacobian", in: document, "∂h_j/∂h_{j-1} = W diag f′(h_{j-1})",
      "the Jacobian of a step", about: plain,
      check: JacobianChecks.isMatrixTimesSlopes(plain, matrix: "W", function: "f")),
    Claim(
      "cs224d/jacobian-element", in: document,
      "∂h_{j,m}/∂h_{j-1,n} = W^{[m,k]} f′(h_{j-1}^{[k,1]})",
      "an element of the Jacobian, where k is left free after the sum over it is gone",
      about: plain,
      falseBecause: JacobianChecks.elements(plain, matrix: "W", function: "f", everyIndex: true),
      correction: "n for k: ∂h_{j,m}/∂h_{j-1,n} = W^{[m,n]} f′(h_{j-1}^{[n,1]})",
      corrected: JacobianChecks.elements(plain, matrix: "W", function: "f", everyIndex: false)),
    Claim(
      "cs224d/jacobian-product", in: document, "∂h_t/∂h_k = Π_{j=k+1}^t ∂h_j/∂h_{j-1}",
      "the chain rule over steps, the latest factor leftmost; compared with backpropagation",
      about: plain, check: JacobianChecks.productOfSteps(plain)),
  ]

  private static let norms: [Claim] = [
    Claim(
      "cs224d/norm-bound-of-a-step", in: document, "‖∂h_j/∂h_{j-1}‖ ≤ ‖W‖ ‖diag f′(h_{j-1})‖",
      "in the spectral norm; true of every norm of matrices that is submultiplicative",
      about: plain,
      check: NormChecks.stepIsBounded(plain, matrix: "W", function: "f")),
    Claim(
      "cs224d/norm-bound", in: document, "‖∂h_t/∂h_k‖ ≤ (β_W β_h)^{t-k}",
      "β_W = ‖W‖ and β_h the greatest slope of f, in the spectral norm", about: plain,
      check: NormChecks.areBounded(plain, matrix: "W", function: "f")),
    Claim(
      "cs224d/vanish-or-explode", in: document, "(β_W β_h)^{t-k} → 0 or ∞",
      "the bound, reached by one unit at 0, easily becomes very small or very large", about: plain,
      check: GrowthChecks.derivatives(
        plain, state: "h",
        [.origin(matrix: "W", weight: 0.5), .origin(matrix: "W", weight: 2)])),
  ]

  private static let gradients: [Claim] = [
    Claim(
      "cs224d/gradient-sum", in: document, "∂E/∂W = Σ_{t=1}^T ∂E_t/∂W",
      "the gradient of the total error is the sum of those of the steps' errors", about: plain,
      check: GradientSumChecks.isSumOverLosses(plain, output: "y_hat")),
    Claim(
      "cs224d/gradient-of-last-error", in: document,
      "∂E_T/∂W = Σ_{k=1}^t ∂E_t/∂y_t ∂y_t/∂h_t ∂h_t/∂h_k ∂h_k/∂W",
      "the chain rule for the error of step T, printed with T on the left and t on the right",
      about: ["cs224d-rnn"],
      falseBecause: GradientSumChecks.isSumOverSteps(
        "cs224d-rnn", matrix: "W", outputMatrix: "W_S", function: "f", output: "y_hat",
        everyStep: true),
      correction: "T for t on the right, and ∂h_k/∂W taken with h_{k-1} held",
      corrected: GradientSumChecks.isSumOverSteps(
        "cs224d-rnn", matrix: "W", outputMatrix: "W_S", function: "f", output: "y_hat",
        everyStep: false)),
    Claim(
      "cs224d/distant-word", in: document, "word(t − 16) = Jane",
      "the word to predict depends on the name Jane, 16 time steps before it",
      falseBecause: ProcedureChecks.stands(
        "Jane", 16, stepsBeforeTheEndOf: roomText, countingStops: [false, true]),
      correction: "John, with each full stop a time step; Jane stands 4 and 22 steps before",
      corrected: ProcedureChecks.stands(
        "John", 16, stepsBeforeTheEndOf: roomText, countingStops: [true])),
  ]

  /// The text about two people who walk into a room, as far as the claim reads it.
  private static let roomText = ProcedureChecks.Sentences(
    lengths: [5, 4, 6, 4],
    names: [
      (sentence: 1, word: 1, name: "Jane"), (sentence: 2, word: 1, name: "John"),
      (sentence: 4, word: 1, name: "Jane"),
    ])

  private static let timeScales: [Claim] = [
    Claim(
      "cs224d/skip-connection", in: document, "∂h_t/∂h_{t-d} ≠ 0 beside ∂h_t/∂h_{t-1}",
      "direct connections from the distant past, added to the others", about: ["skip-rnn"],
      check: JacobianChecks.readsAt("skip-rnn", state: "h", lags: [1, 3])),
    Claim(
      "cs224d/removed-connection", in: document, "∂h_t/∂h_{t-1} = 0, ∂h_t/∂h_{t-d} ≠ 0",
      "connections of length one are removed and longer ones put in their place",
      about: ["delayed-rnn"],
      check: JacobianChecks.readsAt("delayed-rnn", state: "h", lags: [3])),
    Claim(
      "cs224d/leaky-standard", in: document, "α = 0: h_t = F(h_{t-1}, x_t)",
      "the standard RNN is the leaky one with α = 0", about: ["leaky-rnn"],
      compared: ["cs224d-rnn"],
      check: SpecialCaseChecks.isEqual([
        .init(
          special: "leaky-rnn", plain: "cs224d-rnn", zeroed: ["alpha"], states: ("h", "h"))
      ])),
    Claim(
      "cs224d/leaky-vanishes", in: document, "α < 1: α^{t-k} → 0",
      "along the leak alone the derivative is α^{t-k}: it vanishes, later than without the leak",
      about: ["leaky-rnn"], check: SpecialCaseChecks.leakDecays("leaky-rnn", leak: "alpha")),
    Claim(
      "cs224d/leaky-explodes", in: document, "∂h_t/∂h_k → ∞ through F",
      "a leak does not keep gradients from exploding through F", about: ["leaky-rnn"],
      check: GrowthChecks.derivatives(
        ["leaky-rnn"], state: "h",
        [
          .init(
            point: HandPoint(parameters: ["alpha": [0.125], "W": [3]]),
            reason: "one unit, α = 1/8, W = 3, h = 0 at every step: each step multiplies by"
              + " α + (1 − α) W = 2.75",
            factor: 2.75)
        ])),
  ]

  private static let gatedUnits: [Claim] = [
    Claim(
      "cs224d/lstm-gates", in: document, "f_t, i_t, o_t = σ(affine in x_t, h_{t-1})",
      "every gate is a sigmoid of an affine transformation of the input and the last hidden state",
      about: ["cs224d-lstm"],
      check: StructureChecks.gatesAreAffine(
        "cs224d-lstm", gates: ["f", "i", "o"], state: "h")),
    Claim(
      "cs224d/lstm-leaky", in: document, "f_t = α, i_t = 1 − α: C_t = α C_{t-1} + (1 − α) C̃_t",
      "the memory is updated in the form of a leaky unit whose weights are gates",
      about: ["cs224d-lstm"], compared: ["leaky-rnn"],
      check: SpecialCaseChecks.isLeaky(
        ["cs224d-lstm"], state: "C", candidate: "C_tilde", gates: ["f": false, "i": true],
        leaky: "leaky-rnn", leak: "alpha")),
    keepsCell("cs224d", document, ["cs224d-lstm"], cell: "C", forget: "f", input: "i"),
    cellPath("cs224d", document, ["cs224d-lstm"], cell: "C", forget: "f"),
    Claim(
      "cs224d/gru-leaky", in: document, "z_t = 1 − α: h_t = α h_{t-1} + (1 − α) h̃_t",
      "a GRU is a leaky unit with 1 − z_t for α", about: grus, compared: ["leaky-rnn"],
      check: SpecialCaseChecks.isLeaky(
        grus, state: "h", candidate: "h_tilde", gates: ["z": true], leaky: "leaky-rnn",
        leak: "alpha")),
    Claim(
      "cs224d/gru-context", in: document, "z_t = z(h_{t-1}, x_t)",
      "the GRU's α is trainable and depends on the context", about: grus,
      check: StructureChecks.dependsOnContext(grus, gate: "z", state: "h")),
    Claim(
      "cs224d/gru-vanilla", in: document, "r_t = 1, z_t = 1: h_t = tanh(W h_{t-1} + W_{[x]} x_t)",
      "follows from the printed equations: with its gates open the GRU is the vanilla RNN",
      about: grus, compared: ["elman-tanh"],
      check: SpecialCaseChecks.isEqual(
        grus.map {
          .init(
            special: $0, plain: "elman-tanh", parameters: ["W_x": "U"], held: ["r": 1, "z": 1],
            states: ("h", "s"))
        })),
  ]

  private static let tricks: [Claim] = [
    Claim(
      "cs224d/clipping", in: document, "|clip(g)| ≤ threshold",
      "the printed procedure makes no number larger than the threshold, and keeps signs",
      check: ProcedureChecks.clips(ProcedureChecks.printedClipping))
  ]
}
