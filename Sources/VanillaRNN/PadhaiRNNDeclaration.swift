import Equations

extension Declaration {
  /// The RNN of Padhai's notes for sequence labelling: an output at every step.
  ///
  /// ```
  /// s_t = σ(U x_t + W s_{t-1} + b)
  /// ŷ_t = O(V s_t + c)
  /// ```
  public static let padhaiRNN = padhaiRNN(
    id: "padhai-rnn", output: #"$$\hat{y} = O(Vs_{i} +c)$$"#,
    reading: "an output at every step (sequence labelling); O is softmax")

  /// The same for sequence classification: an output from the last state alone.
  public static let padhaiRNNClassification = padhaiRNN(
    id: "padhai-rnn/classification", output: #"$$\hat{y} = O(Vs_{T} +c)$$"#,
    reading: "an output from the last state alone (sequence classification); O is softmax")

  private static func padhaiRNN(id: String, output: String, reading: String) -> Declaration {
    Declaration(
      id: id,
      title: "RNN with σ and an output O",
      document: Document(
        key: "padhai",
        title: "Recurrent Neural Networks, notes on the course of Padhai, OneFourthLabs"),
      lines: [#"$$s_{i} = \sigma(Ux_{i} + Ws_{i-1}+b)$$"#, output],
      notation: Notation(timeIndex: "i", functions: ["sigma": .logistic, "O": .softmax]),
      reading: reading, outputs: ["y_hat"])
  }
}
