import Equations

extension Declaration {
  /// The LSTM of the notes that cite cs224d: no bias in the candidate.
  ///
  /// ```
  /// C_t = f_t ⊙ C_{t-1} + i_t ⊙ C̃_t
  /// C̃_t = tanh(W h_{t-1} + W_[x] x_t)
  /// f_t = σ(W_f h_{t-1} + U_f x_t + b_f)
  /// i_t = σ(W_i h_{t-1} + U_i x_t + b_i)
  /// h_t = o_t ⊙ tanh(C_t)
  /// o_t = σ(W_o h_{t-1} + U_o x_t + b_o)
  /// ```
  public static let cs224dLSTM = Declaration(
    id: "cs224d-lstm",
    title: "LSTM without a candidate bias",
    document: Document(
      key: "cs224d-notes",
      title: "Recurrent Neural Networks, notes after Bengio ch. 10, cs224d and Chung et al."),
    lines: [
      #"C_t = f_tC_{t-1} + i_t\tilde{C}_t"#,
      #"\tilde{C_t} = tanh(Wh_{t-1} + W_{[x]}x_t)"#,
      #"f_t &= \sigma(W_{f}h_{t-1} + U_fx_t + b_f) \\"#,
      #"i_t &= \sigma(W_ih_{t-1} + U_ix_t + b_i) \\"#,
      #"h_t = o_ttanh(C_t)"#,
      #"o_t = \sigma(W_oh_{t-1} + U_ox_t + b_o)"#,
    ],
    notation: Notation(functions: ["sigma": .logistic, "tanh": .tanh]),
    reading: "vectors side by side are multiplied unit by unit",
    outputs: ["h"])
}
