import Equations

extension Declaration {
  /// The RNN of the notes that cite cs224d: the state is what f is taken of.
  ///
  /// ```
  /// h_t = W f(h_{t-1}) + W^(hs) x_t
  /// ŷ_t = W^(S) f(h_t)
  /// ```
  public static let cs224dRNN = cs224dRNN(
    id: "cs224d-rnn", corrections: [], reading: "f is tanh; the output is linear, as printed")

  /// The same with a softmax over the output, as the name that the notes give W^(S) says.
  public static let cs224dRNNSoftmax = cs224dRNN(
    id: "cs224d-rnn/softmax",
    corrections: [
      Correction(
        printed: #"W^{(S)}f(h_t)"#, read: #"\text{softmax}(W^{(S)}f(h_t))"#,
        reason: "the notes call W^{(S)} the softmax's parameter and print no softmax")
    ],
    reading: "f is tanh; the output is a softmax")

  private static func cs224dRNN(
    id: String, corrections: [Correction], reading: String
  ) -> Declaration {
    Declaration(
      id: id,
      title: "RNN whose state is before f",
      document: Document(
        key: "cs224d-notes",
        title: "Recurrent Neural Networks, notes after Bengio ch. 10, cs224d and Chung et al."),
      lines: [
        #"h_t &= Wf(h_{t-1}) + W^{(hs)}x_{[t]} \\"#,
        #"\hat{y}_t &= W^{(S)}f(h_t)"#,
      ],
      notation: Notation(functions: ["f": .tanh, "softmax": .softmax]),
      corrections: corrections, reading: reading, outputs: ["y_hat"])
  }
}
