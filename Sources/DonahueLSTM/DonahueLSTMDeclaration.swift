import Equations

extension Declaration {
  /// The LSTM of a post of 2015-03-11 after Donahue et al., arXiv 1411.4389, as printed.
  ///
  /// ```
  /// i_t = σ(W_xi x_t + W_hi h_{t-1} + b_i)
  /// f_t = σ(W_xf x_t + W_hf h_{t-1} + b_f)
  /// o_t = σ(W_xo x_t + W_ho h_{t-1} + b_o)
  /// g_t = φ(W_xc x_t + W_hc h_{t-1} + b_c)        φ = tanh
  /// c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t
  /// h_t = o_t ⊙ φ(c_t)
  /// ```
  public static let donahueLSTM = Declaration(
    id: "donahue-lstm",
    title: "LSTM with a forget gate",
    document: Document(
      key: "donahue-2015",
      title: "Recurrent Neural Networks, a post of 2015-03-11 after Donahue et al., arXiv 1411.4389"
    ),
    lines: [
      #"i_t &= \sigma(W_{wi} x_t + W_{hi} h_{t-1} + b_i)  \\"#,
      #"f_t &= \sigma(W_{xf} x_t + W_{hf} h_{t-1} + b_f)  \\"#,
      #"o_t &= \sigma(W_{xo} x_t + W_{ho} h_{t-1} + b_o)  \\"#,
      #"g_t &= \varphi(W_{xc} x_t + W_{hc} h_{t-1} + b_c) \\"#,
      #"c_t &= f_t \odot c_{t-1} + i_t \odot g_t          \\"#,
      #"h_t &= o_t \odot \varphi(c_t)"#,
    ],
    notation: Notation(functions: ["sigma": .logistic, "varphi": .tanh]),
    corrections: [
      Correction(
        printed: "W_{wi}", read: "W_{xi}",
        reason: "the matrix is applied to x_t, and the other gates' are W_{xf}, W_{xo}, W_{xc}")
    ],
    outputs: ["h"])
}
