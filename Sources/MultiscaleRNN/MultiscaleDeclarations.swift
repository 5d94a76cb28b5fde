import Equations

// The notes describe three ways to several time scales on top of their RNN, F(h, x) = W f(h) + W^(hs) x with
// f = tanh. They print an equation for the leaky units alone; the other two are written from the text.

extension Declaration {
  /// Leaky units: a running average of the state, α per unit a parameter.
  ///
  /// ```
  /// h_t = α ⊙ h_{t-1} + (1 − α) ⊙ F(h_{t-1}, x_t)
  /// ```
  public static let leakyRNN = multiscale(
    id: "leaky-rnn", title: "RNN with leaky units",
    lines: [#"$$h_{t,i} = α_ih_{t−1,i} + (1 − α_i)F_i(h_{t−1}, x_{t})$$"#],
    reading: "F is the notes' own RNN, W f(h) + W^(hs) x with f = tanh; α is learned, one per unit")

  /// Leaky units whose α is chosen once and for all, as the notes first have it.
  public static let leakyRNNFixed = multiscale(
    id: "leaky-rnn/fixed", title: "RNN with leaky units",
    lines: [#"$$h_{t,i} = α_ih_{t−1,i} + (1 − α_i)F_i(h_{t−1}, x_{t})$$"#],
    reading: "F is the notes' own RNN, W f(h) + W^(hs) x with f = tanh; α is fixed, one per unit"
      + " (the notes sample it from (0.02, 0.2))", constants: ["alpha"])

  /// Skip connections through time: t−d beside t−1.
  ///
  /// ```
  /// h_t = W f(h_{t-1}) + W_d f(h_{t-d}) + W^(hs) x_t        d = 3
  /// ```
  public static let skipRNN = multiscale(
    id: "skip-rnn", title: "RNN with skip connections through time",
    lines: [#"h_t = Wf(h_{t-1}) + W_d f(h_{t-d}) + W^{(hs)}x_t"#],
    reading:
      "the notes describe it in words; d = 3, and steps before the start read the initial state")

  /// Length-one connections removed: t−d alone.
  ///
  /// ```
  /// h_t = W f(h_{t-d}) + W^(hs) x_t        d = 3
  /// ```
  public static let delayedRNN = multiscale(
    id: "delayed-rnn", title: "RNN without connections of length one",
    lines: [#"h_t = Wf(h_{t-d}) + W^{(hs)}x_t"#],
    reading:
      "the notes describe it in words; d = 3, and steps before the start read the initial state")

  private static func multiscale(
    id: String, title: String, lines: [String], reading: String, constants: Set<String> = []
  ) -> Declaration {
    Declaration(
      id: id, title: title,
      document: Document(
        key: "cs224d-notes",
        title: "Recurrent Neural Networks, notes after Bengio ch. 10, cs224d and Chung et al."),
      lines: lines,
      notation: Notation(
        unitIndex: "i", functions: ["f": .tanh], fractions: ["alpha"], constants: constants,
        delays: ["d": 3],
        abbreviations: [
          "F": .init(arguments: ["h", "x"], body: #"W f(h) + W^{(hs)} x"#)
        ]),
      reading: reading, outputs: ["h"])
  }
}
