import Equations

extension Declaration {
  /// The LSTM of Padhai's notes, built from selective write, read and forget; σ everywhere.
  ///
  /// ```
  /// o_t = σ(U_o x_t + W_o h_{t-1} + b_o)
  /// s̃_t = σ(W h_{t-1} + U x_t + b)
  /// i_t = σ(U_i x_t + W_i h_{t-1} + b_i)
  /// f_t = σ(U_f x_t + W_f h_{t-1} + b_f)
  /// s_t = s̃_t ⊙ i_t + s_{t-1} ⊙ f_t
  /// h_t = o_t ⊙ σ(s_t)
  /// ```
  public static let padhaiLSTM = padhaiLSTM(
    id: "padhai-lstm", corrections: [candidateCorrection], reading: canonicalReading)

  /// The same with the final output ŷ = O(V h_t + c) at every step, O = softmax.
  public static let padhaiLSTMSoftmaxOutput = padhaiLSTM(
    id: "padhai-lstm/softmax-output", output: .softmax, named: "softmax")

  /// The same with the final output ŷ = O(V h_t + c) at every step, O = σ.
  public static let padhaiLSTMLogisticOutput = padhaiLSTM(
    id: "padhai-lstm/logistic-output", output: .logistic, named: "σ")

  /// The same with the final output ŷ = V h_t + c at every step.
  public static let padhaiLSTMIdentityOutput = padhaiLSTM(
    id: "padhai-lstm/identity-output", output: .identity, named: "the identity")

  /// The first of the two printed writes, h_t = s_t ⊙ o_t, without a function of the state.
  public static let padhaiLSTMLinearWrite = padhaiLSTM(
    id: "padhai-lstm/linear-write",
    corrections: [
      candidateCorrection,
      Correction(
        printed: #"o_{t} \odot \sigma(s_{t})"#, read: #"s_{t} \odot o_{t}"#,
        reason: "the document first writes h_{t-1} = s_{t-1} ⊙ o_{t-1}; this reading keeps that"),
    ],
    reading: "the write is h_t = s_t ⊙ o_t, as the document first has it")

  /// The candidate as it is printed: W applies to the whole sum.
  public static let padhaiLSTMPrintedCandidate = padhaiLSTM(
    id: "padhai-lstm/printed-candidate", corrections: [],
    reading: "the candidate's matrix W applies to the whole of (h_{t-1} + U x_t + b), as printed")

  private static let candidateCorrection = Correction(
    printed: #"\sigma W (h_{t-1} + U x_{t} + b )"#, read: #"\sigma (W h_{t-1} + U x_{t} + b )"#,
    reason: "the parenthesis stands after W instead of before it; the document's other equations "
      + "apply σ to W h + U x + b")

  private static let canonicalReading =
    "the candidate's matrix W applies to h_{t-1} alone; "
    + "of the two printed writes the later one, h_t = o_t ⊙ σ(s_t)"

  private static func padhaiLSTM(
    id: String, output: Activation, named name: String
  ) -> Declaration {
    var declaration = padhaiLSTM(
      id: id, corrections: [candidateCorrection],
      reading: canonicalReading + "; an output at every step, O is \(name)")
    declaration.title = "LSTM by selective write, read and forget, and an output O"
    declaration.lines.append(#"\hat{y} = O(Vh_{t}+c)"#)
    declaration.notation.functions["O"] = output
    declaration.outputs = ["h", "y_hat"]
    return declaration
  }

  private static func padhaiLSTM(
    id: String, corrections: [Correction], reading: String
  ) -> Declaration {
    Declaration(
      id: id,
      title: "LSTM by selective write, read and forget",
      document: Document(
        key: "padhai",
        title: "Recurrent Neural Networks, notes on the course of Padhai, OneFourthLabs"),
      lines: [
        #"o_{t-1} = \sigma(U_{o}x_{t-1} + W_{o}h_{t-2}+b_{o})"#,
        #"\tilde{s_{t}} = \sigma W (h_{t-1} + U x_{t} + b )"#,
        #"i_{t} = \sigma(U_{i}x_{t} + W_{i}h_{t-1}+b_{i})"#,
        #"f_{t} = \sigma(U_{f}x_{t} + W_{f}h_{t-1}+b_{f})"#,
        #"s_{t}= \tilde{s_{t}} \odot i_{t} + s_{t-1} \odot f_{t}"#,
        #"h_{t} = o_{t} \odot \sigma(s_{t})"#,
      ],
      notation: Notation(functions: ["sigma": .logistic]),
      corrections: corrections, reading: reading, outputs: ["h"])
  }
}
