import Equations

extension Declaration {
  /// The GRU of the notes that cite cs224d, reset gate after the matrix, no bias in the candidate.
  ///
  /// ```
  /// h_t = (1 − z_t) ⊙ h_{t-1} + z_t ⊙ h̃_t
  /// h̃_t = tanh(r_t ⊙ (W h_{t-1}) + W_[x] x_t)
  /// z_t = σ(W_z h_{t-1} + U_z x_t + b_z)
  /// r_t = σ(W_r h_{t-1} + U_r x_t + b_r)
  /// ```
  public static let cs224dGRU = cs224dGRU(
    id: "cs224d-gru", corrections: [inputMatrixCorrection],
    reading: "the reset gate multiplies W h_{t-1}, as printed")

  /// The reading of the paper that the notes cite: W applies to r_t ⊙ h_{t-1}.
  public static let cs224dGRUResetBefore = cs224dGRU(
    id: "cs224d-gru/reset-before",
    corrections: [
      inputMatrixCorrection,
      Correction(
        printed: #"r_t \odot Wh_{t-1}"#, read: #"W (r_t \odot h_{t-1})"#,
        reason: "the paper that the notes cite resets the state before the matrix is applied"),
    ],
    reading: "the reset gate multiplies h_{t-1} before W is applied, as in the paper cited")

  private static let inputMatrixCorrection = Correction(
    printed: "u_rx_t", read: "U_rx_t",
    reason: "the matrix on x_t is U_z in the update gate; a small u appears nowhere else")

  private static func cs224dGRU(
    id: String, corrections: [Correction], reading: String
  ) -> Declaration {
    Declaration(
      id: id,
      title: "GRU without a candidate bias",
      document: Document(
        key: "cs224d-notes",
        title: "Recurrent Neural Networks, notes after Bengio ch. 10, cs224d and Chung et al."),
      lines: [
        #"h_t = (1-z_t)h_{t-1} + z_t\tilde{h_t}"#,
        #"\tilde{h_t} = tanh(r_t \odot Wh_{t-1} + W_{[x]}x_t)"#,
        #"z_t &= \sigma(W_zh_{t-1} + U_zx_t + b_z) \\"#,
        #"r_t &= \sigma(W_rh_{t-1} + u_rx_t + b_r) \\"#,
      ],
      notation: Notation(functions: ["sigma": .logistic, "tanh": .tanh]),
      corrections: corrections, reading: reading, outputs: ["h"])
  }
}
