import Equations

extension Declaration {
  /// The RNN of Knight's notes of 2017.
  ///
  /// The document's equations are a figure; these are those of the lecture that it cites (CS231n, 10).
  ///
  /// ```
  /// h_t = tanh(W_hh h_{t-1} + W_xh x_t)
  /// y_t = W_hy h_t
  /// ```
  public static let knightRNN = knightRNN(
    id: "knight-rnn", inputSteps: .every,
    reading: "the equations are figures in the document; these are the cited lecture's")

  /// The same with one input to many outputs, as the document has it for the captions of images: x is read at
  /// the first step alone.
  public static let knightRNNOneToMany = knightRNN(
    id: "knight-rnn/one-to-many", inputSteps: .first,
    reading: "one input to many outputs: x is read at the first step and is zero after it")

  private static func knightRNN(
    id: String, inputSteps: Notation.InputSteps, reading: String
  ) -> Declaration {
    Declaration(
      id: id,
      title: "RNN with tanh and a linear output",
      document: Document(
        key: "knight-2017",
        title: "B. S. Knight, RNN and LSTM models, 2017-02-18, after CS231n lecture 10"),
      lines: [
        #"h_t = \tanh(W_{hh} h_{t-1} + W_{xh} x_t)"#,
        #"y_t = W_{hy} h_t"#,
      ],
      notation: Notation(inputSteps: inputSteps, functions: [:]),
      reading: reading, outputs: ["y"])
  }
}
