import Equations

extension Declaration {
  /// PyTorch's `nn.LSTM`, two biases a gate.
  ///
  /// ```
  /// i_t = σ(W_ii x_t + b_ii + W_hi h_{t-1} + b_hi)
  /// f_t = σ(W_if x_t + b_if + W_hf h_{t-1} + b_hf)
  /// g_t = tanh(W_ig x_t + b_ig + W_hg h_{t-1} + b_hg)
  /// o_t = σ(W_io x_t + b_io + W_ho h_{t-1} + b_ho)
  /// c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t
  /// h_t = o_t ⊙ tanh(c_t)
  /// ```
  /// Packed: rows i f g o of `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`.
  public static let pyTorchLSTM = Declaration(
    id: "pytorch-lstm",
    title: "PyTorch's LSTM, two biases a gate",
    document: Document(key: "pytorch", title: "PyTorch documentation, torch.nn.LSTM"),
    lines: [
      #"i_t = \sigma(W_{ii} x_t + b_{ii} + W_{hi} h_{t-1} + b_{hi}) \\"#,
      #"f_t = \sigma(W_{if} x_t + b_{if} + W_{hf} h_{t-1} + b_{hf}) \\"#,
      #"g_t = \tanh(W_{ig} x_t + b_{ig} + W_{hg} h_{t-1} + b_{hg}) \\"#,
      #"o_t = \sigma(W_{io} x_t + b_{io} + W_{ho} h_{t-1} + b_{ho}) \\"#,
      #"c_t = f_t \odot c_{t-1} + i_t \odot g_t \\"#,
      #"h_t = o_t \odot \tanh(c_t) \\"#,
    ],
    notation: Notation(functions: ["sigma": .logistic]),
    outputs: ["h"])

  /// PyTorch's `nn.GRU`: two biases a gate, the reset gate after the matrix and its bias.
  ///
  /// ```
  /// r_t = σ(W_ir x_t + b_ir + W_hr h_{t-1} + b_hr)
  /// z_t = σ(W_iz x_t + b_iz + W_hz h_{t-1} + b_hz)
  /// n_t = tanh(W_in x_t + b_in + r_t ⊙ (W_hn h_{t-1} + b_hn))
  /// h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_{t-1}
  /// ```
  /// Packed: rows r z n of `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`.
  public static let pyTorchGRU = Declaration(
    id: "pytorch-gru",
    title: "PyTorch's GRU, two biases a gate",
    document: Document(key: "pytorch", title: "PyTorch documentation, torch.nn.GRU"),
    lines: [
      #"r_t = \sigma(W_{ir} x_t + b_{ir} + W_{hr} h_{(t-1)} + b_{hr}) \\"#,
      #"z_t = \sigma(W_{iz} x_t + b_{iz} + W_{hz} h_{(t-1)} + b_{hz}) \\"#,
      #"n_t = \tanh(W_{in} x_t + b_{in} + r_t \odot (W_{hn} h_{(t-1)}+ b_{hn})) \\"#,
      #"h_t = (1 - z_t) \odot n_t + z_t \odot h_{(t-1)}"#,
    ],
    notation: Notation(functions: ["sigma": .logistic]),
    outputs: ["h"])
}
