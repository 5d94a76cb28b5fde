import Equations

extension Declaration {
  /// The RNN of Padhai's notes for sequence labelling: an output at every step.
  ///
  /// ```
  /// s_t = σ(U x_t + W s_{t-1} + b)
  /// ŷ_t = O(V s_t + c)
  /// ```
  public static let padhaiRNN = padhaiRNN(
    id: "padhai-rnn", output: labelling, .softmax,
    reading: "an output at every step (sequence labelling); O is softmax")

  /// The same with O = σ, each output by itself between 0 and 1.
  public static let padhaiRNNLogisticOutput = padhaiRNN(
    id: "padhai-rnn/logistic-output", output: labelling, .logistic,
    reading: "an output at every step (sequence labelling); O is σ")

  /// The same with no function over the output.
  public static let padhaiRNNIdentityOutput = padhaiRNN(
    id: "padhai-rnn/identity-output", output: labelling, .identity,
    reading: "an output at every step (sequence labelling); O is the identity")

  /// The same for sequence classification: an output from the last state alone.
  public static let padhaiRNNClassification = padhaiRNN(
    id: "padhai-rnn/classification", output: classification, .softmax,
    reading: "an output from the last state alone (sequence classification); O is softmax")

  /// The same with O = σ.
  public static let padhaiRNNClassificationLogistic = padhaiRNN(
    id: "padhai-rnn/classification-logistic", output: classification, .logistic,
    reading: "an output from the last state alone (sequence classification); O is σ")

  private static let labelling = #"$$\hat{y} = O(Vs_{i} +c)$$"#
  private static let classification = #"$$\hat{y} = O(Vs_{T} +c)$$"#

  private static func padhaiRNN(
    id: String, output: String, _ function: Activation, reading: String
  ) -> Declaration {
    Declaration(
      id: id,
      title: "RNN with σ and an output O",
      document: Document(
        key: "padhai",
        title: "Recurrent Neural Networks, notes on the course of Padhai, OneFourthLabs"),
      lines: [#"$$s_{i} = \sigma(Ux_{i} + Ws_{i-1}+b)$$"#, output],
      notation: Notation(timeIndex: "i", functions: ["sigma": .logistic, "O": function]),
      reading: reading, outputs: ["y_hat"])
  }
}
