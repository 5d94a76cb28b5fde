import Equations

extension Declaration {
  /// The RNN of the tutorial of 2016-05-18, f read as tanh.
  ///
  /// ```
  /// s_t = f(U x_t + W s_{t-1})
  /// o_t = softmax(V s_t)
  /// ```
  public static let elmanTanh = elman(id: "elman-tanh", .tanh)

  /// The same with f read as ReLU; relu'(0) = 0.
  public static let elmanReLU = elman(id: "elman-relu", .relu)

  private static func elman(id: String, _ activation: Activation) -> Declaration {
    Declaration(
      id: id,
      title: "RNN with \(activation.rawValue) and a softmax output", document: tutorial,
      lines: [#"$s_t=f(Ux_t+Ws_{t-1})$"#, #"$o_t = softmax(Vs_t)$"#],
      notation: Notation(functions: ["f": activation, "softmax": .softmax]),
      reading: "f is \(activation.rawValue), one of the two that the document names",
      outputs: ["o"])
  }

  static let tutorial = Document(
    key: "tutorial-2016", title: "Recurrent Neural Networks Tutorial, a post of 2016-05-18")
}
