import Equations

extension Declaration {
  /// The LSTM of Knight's notes of 2017: one stacked W, gates i f o g.
  ///
  /// The document shows an animation; the equations are those of the lecture that it cites.
  ///
  /// ```
  /// (i_t; f_t; o_t; g_t) = (σ; σ; σ; tanh) W (h_{t-1}; x_t)
  /// c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t
  /// h_t = o_t ⊙ tanh(c_t)
  /// ```
  public static let knightLSTM = Declaration(
    id: "knight-lstm",
    title: "LSTM with one stacked matrix and no bias",
    document: Document(
      key: "knight-2017",
      title: "B. S. Knight, RNN and LSTM models, 2017-02-18, after CS231n lecture 10"),
    lines: [
      #"\begin{pmatrix} i_t \\ f_t \\ o_t \\ g_t \end{pmatrix} = "#
        + #"\begin{pmatrix} \sigma \\ \sigma \\ \sigma \\ \tanh \end{pmatrix} "#
        + #"W \begin{pmatrix} h_{t-1} \\ x_t \end{pmatrix}"#,
      #"c_t = f_t \odot c_{t-1} + i_t \odot g_t"#,
      #"h_t = o_t \odot \tanh(c_t)"#,
    ],
    notation: Notation(functions: ["sigma": .logistic]),
    reading: "the equations are an animation in the document; these are the cited lecture's",
    outputs: ["h"])
}
