import Equations

extension Declaration {
  /// ONNX's LSTM operator with its default activations: two biases a gate and peepholes, that of the output
  /// gate from the new state.
  ///
  /// ```
  /// i_t = f(W_i x_t + R_i H_{t-1} + P_i ⊙ C_{t-1} + W_bi + R_bi)
  /// f_t = f(W_f x_t + R_f H_{t-1} + P_f ⊙ C_{t-1} + W_bf + R_bf)
  /// c_t = g(W_c x_t + R_c H_{t-1} + W_bc + R_bc)
  /// C_t = f_t ⊙ C_{t-1} + i_t ⊙ c_t
  /// o_t = f(W_o x_t + R_o H_{t-1} + P_o ⊙ C_t + W_bo + R_bo)
  /// H_t = o_t ⊙ h(C_t)
  /// ```
  /// Packed: rows i o f c of `W` and `R`; `B` holds W_b then R_b in that order, `P` holds P_i, P_o, P_f.
  public static let onnxLSTM = Declaration(
    id: "onnx-lstm",
    title: "ONNX's LSTM with peepholes, two biases a gate",
    document: Document(key: "onnx", title: "ONNX operators, LSTM"),
    lines: [
      #"i_t = f(W_i x_t + R_i H_{t-1} + P_i \odot C_{t-1} + W_{bi} + R_{bi})"#,
      #"f_t = f(W_f x_t + R_f H_{t-1} + P_f \odot C_{t-1} + W_{bf} + R_{bf})"#,
      #"c_t = g(W_c x_t + R_c H_{t-1} + W_{bc} + R_{bc})"#,
      #"C_t = f_t \odot C_{t-1} + i_t \odot c_t"#,
      #"o_t = f(W_o x_t + R_o H_{t-1} + P_o \odot C_t + W_{bo} + R_{bo})"#,
      #"H_t = o_t \odot h(C_t)"#,
    ],
    notation: Notation(
      functions: ["f": .logistic, "g": .tanh, "h": .tanh], vectors: ["P_i", "P_f", "P_o"]),
    reading: "printed as plain text for row vectors; f, g, h are the defaults; X is written x",
    outputs: ["H"])

  /// ONNX's GRU operator as it is by default: the reset gate multiplies H_{t-1} before the matrix.
  ///
  /// ```
  /// z_t = f(W_z x_t + R_z H_{t-1} + W_bz + R_bz)
  /// r_t = f(W_r x_t + R_r H_{t-1} + W_br + R_br)
  /// h_t = g(W_h x_t + R_h (r_t ⊙ H_{t-1}) + R_bh + W_bh)
  /// H_t = (1 − z_t) ⊙ h_t + z_t ⊙ H_{t-1}
  /// ```
  /// Packed: rows z r h of `W` and `R`; `B` holds W_b then R_b in that order.
  public static let onnxGRU = onnxGRU(
    id: "onnx-gru",
    candidate: #"h_t = g(W_h x_t + R_h (r_t \odot H_{t-1}) + R_{bh} + W_{bh})"#,
    reading: "linear_before_reset = 0, the default: the reset gate comes before the matrix")

  /// ONNX's GRU operator with `linear_before_reset` ≠ 0: the reset gate multiplies R_h H_{t-1} + R_bh.
  public static let onnxGRULinearBeforeReset = onnxGRU(
    id: "onnx-gru/linear-before-reset",
    candidate: #"h_t = g(W_h x_t + (r_t \odot (R_h H_{t-1} + R_{bh})) + W_{bh})"#,
    reading: "linear_before_reset ≠ 0: the reset gate comes after the matrix and its bias")

  private static func onnxGRU(id: String, candidate: String, reading: String) -> Declaration {
    Declaration(
      id: id,
      title: "ONNX's GRU, two biases a gate",
      document: Document(key: "onnx", title: "ONNX operators, GRU"),
      lines: [
        #"z_t = f(W_z x_t + R_z H_{t-1} + W_{bz} + R_{bz})"#,
        #"r_t = f(W_r x_t + R_r H_{t-1} + W_{br} + R_{br})"#,
        candidate,
        #"H_t = (1 - z_t) \odot h_t + z_t \odot H_{t-1}"#,
      ],
      notation: Notation(functions: ["f": .logistic, "g": .tanh]),
      reading: reading, outputs: ["H"])
  }
}
