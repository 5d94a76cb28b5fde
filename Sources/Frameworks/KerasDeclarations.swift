import Equations

extension Declaration {
  /// Keras's GRU as it is by default, `reset_after=True`: two biases a gate, the reset gate after the matrix.
  ///
  /// ```
  /// z_t = σ(W_z x_t + b_z + U_z h_{t-1} + d_z)
  /// r_t = σ(W_r x_t + b_r + U_r h_{t-1} + d_r)
  /// h̃_t = tanh(W_h x_t + b_h + r_t ⊙ (U_h h_{t-1} + d_h))
  /// h_t = z_t ⊙ h_{t-1} + (1 − z_t) ⊙ h̃_t
  /// ```
  /// Packed: columns z r h of `kernel` [I,3H] and `recurrent_kernel` [H,3H]; `bias` [2,3H] holds b, then d.
  public static let kerasGRU = kerasGRU(
    id: "keras-gru", title: "Keras's GRU, two biases a gate",
    lines: [
      #"z_t = \sigma(W_z x_t + b_z + U_z h_{t-1} + d_z)"#,
      #"r_t = \sigma(W_r x_t + b_r + U_r h_{t-1} + d_r)"#,
      #"\tilde{h}_t = \tanh(W_h x_t + b_h + r_t \odot (U_h h_{t-1} + d_h))"#,
    ],
    reading: "reset_after is true, the default: the reset gate comes after the matrix")

  /// Keras's GRU with `reset_after=False`: one bias a gate, the reset gate before the matrix.
  ///
  /// ```
  /// z_t = σ(W_z x_t + b_z + U_z h_{t-1})
  /// r_t = σ(W_r x_t + b_r + U_r h_{t-1})
  /// h̃_t = tanh(W_h x_t + b_h + U_h (r_t ⊙ h_{t-1}))
  /// h_t = z_t ⊙ h_{t-1} + (1 − z_t) ⊙ h̃_t
  /// ```
  /// Packed: columns z r h of `kernel` [I,3H] and `recurrent_kernel` [H,3H]; `bias` [3H].
  public static let kerasGRUResetBefore = kerasGRU(
    id: "keras-gru/reset-before", title: "Keras's GRU, one bias a gate",
    lines: [
      #"z_t = \sigma(W_z x_t + b_z + U_z h_{t-1})"#,
      #"r_t = \sigma(W_r x_t + b_r + U_r h_{t-1})"#,
      #"\tilde{h}_t = \tanh(W_h x_t + b_h + U_h (r_t \odot h_{t-1}))"#,
    ],
    reading: "reset_after is false: the reset gate comes before the matrix")

  private static func kerasGRU(
    id: String, title: String, lines: [String], reading: String
  ) -> Declaration {
    Declaration(
      id: id, title: title,
      document: Document(
        key: "keras", title: "Keras 3 API documentation, GRU layer, and the GRUCell that it names"),
      lines: lines + [#"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot \tilde{h}_t"#],
      notation: Notation(functions: ["sigma": .logistic]),
      reading: reading + "; documented in words and code, written here as equations",
      outputs: ["h"])
  }
}
