import Equations

extension Declaration {
  /// The GRU of Padhai's notes: gates o and i, σ also for the candidate, reset before the matrix.
  ///
  /// ```
  /// o_t = σ(U_o x_t + W_o s_{t-1} + b_o)
  /// i_t = σ(U_i x_t + W_i s_{t-1} + b_i)
  /// s̃_t = σ(W (o_t ⊙ s_{t-1}) + U x_t + b)
  /// s_t = (1 − i_t) ⊙ s_{t-1} + i_t ⊙ s̃_t
  /// ```
  public static let padhaiGRU = Declaration(
    id: "padhai-gru",
    title: "GRU with σ for the candidate",
    document: Document(
      key: "padhai",
      title: "Recurrent Neural Networks, notes on the course of Padhai, OneFourthLabs"),
    lines: [
      #"o_{t} = \sigma(U_{o}x_{t} + W_{o}s_{t-1} + b_{o})"#,
      #"i_{t} = \sigma(U_{i}x_{t} + W_{i}s_{t-1} + b_{i})"#,
      #"\tilde{s_{t}} = \sigma (W (o_{t} \odot s_{t-1}) + U x_{t} + b )"#,
      #"s_{t}= (1-i_{t}) \odot s_{t-1} + i_{t} \odot \tilde{s_{t}} "#,
    ],
    notation: Notation(functions: ["sigma": .logistic]),
    reading: "the write is gated by i, the read by o; no output gate follows",
    outputs: ["s"])
}
