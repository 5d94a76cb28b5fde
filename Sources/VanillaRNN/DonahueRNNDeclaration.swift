import Equations

extension Declaration {
  /// The RNN of the post after Donahue et al.: σ in the state and in the output.
  ///
  /// ```
  /// h_t = σ(W_xh x_t + W_hh h_{t-1} + b_h)
  /// y_t = σ(W_hy h_t + b_y)
  /// ```
  public static let donahueRNN = Declaration(
    id: "donahue-rnn",
    title: "RNN with σ in the state and in the output",
    document: Document(
      key: "donahue-2015",
      title: "Recurrent Neural Networks, a post of 2015-03-11 after Donahue et al., arXiv 1411.4389"
    ),
    lines: [
      #"h_t &= \sigma(W_{xh} x_t + W_{hh} h_{t-1} + b_h) \\"#,
      #"y_t &= \sigma(W_{hy} h_t + b_y)"#,
    ],
    notation: Notation(functions: ["sigma": .logistic]),
    outputs: ["y"])
}
