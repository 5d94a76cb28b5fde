import Equations

/// Cells that no document of the project prints, to compare with those that do.
enum Cells {
  static func declaration(
    _ id: String, _ lines: [String], outputs: [String] = ["h"], input: String = "x",
    functions: [String: Activation] = ["sigma": .logistic, "phi": .tanh],
    vectors: Set<String> = []
  ) -> Declaration {
    Declaration(
      id: id, title: id, document: Document(key: "test", title: "a cell of the tests"),
      lines: lines,
      notation: Notation(input: input, functions: functions, vectors: vectors), outputs: outputs)
  }

  /// donahue-lstm in other letters, its equations in another order, sums and products turned around.
  static let shuffledLSTM = declaration(
    "shuffled-lstm",
    [
      #"q_t = \phi(m_t) \odot p_t"#,
      #"m_t = e_t \odot d_t + m_{t-1} \odot k_t"#,
      #"e_t = \phi(a_e + R_e q_{t-1} + V_e v_t)"#,
      #"p_t = \sigma(R_p q_{t-1} + V_p v_t + a_p)"#,
      #"k_t = \sigma(a_k + V_k v_t + R_k q_{t-1})"#,
      #"d_t = \sigma(V_d v_t + R_d q_{t-1} + a_d)"#,
    ], outputs: ["q"], input: "v")

  /// donahue-lstm with two biases in every gate.
  static let twoBiasLSTM = declaration(
    "two-bias-lstm",
    ["i", "f", "o"].map {
      #"\#($0)_t = \sigma(W_{i\#($0)} x_t + b_{i\#($0)} + W_{h\#($0)} h_{t-1} + b_{h\#($0)})"#
    } + [
      #"g_t = \tanh(W_{ig} x_t + b_{ig} + W_{hg} h_{t-1} + b_{hg})"#,
      #"c_t = f_t \odot c_{t-1} + i_t \odot g_t"#, #"h_t = o_t \odot \tanh(c_t)"#,
    ])

  /// donahue-lstm with one matrix for all gates and no biases.
  static let stackedLSTM = declaration(
    "stacked-lstm",
    [
      #"\begin{pmatrix} i_t \\ f_t \\ o_t \\ g_t \end{pmatrix} = "#
        + #"\begin{pmatrix} \sigma \\ \sigma \\ \sigma \\ \tanh \end{pmatrix} "#
        + #"W \begin{pmatrix} h_{t-1} \\ x_t \end{pmatrix}"#,
      #"c_t = f_t \odot c_{t-1} + i_t \odot g_t"#, #"h_t = o_t \odot \tanh(c_t)"#,
    ])

  /// donahue-lstm whose gates read the cell.
  static let peepholeLSTM = declaration(
    "peephole-lstm",
    [
      #"i_t = \sigma(W_{xi} x_t + W_{hi} h_{t-1} + p_i \odot c_{t-1} + b_i)"#,
      #"f_t = \sigma(W_{xf} x_t + W_{hf} h_{t-1} + p_f \odot c_{t-1} + b_f)"#,
      #"g_t = \phi(W_{xc} x_t + W_{hc} h_{t-1} + b_c)"#,
      #"c_t = f_t \odot c_{t-1} + i_t \odot g_t"#,
      #"o_t = \sigma(W_{xo} x_t + W_{ho} h_{t-1} + p_o \odot c_t + b_o)"#,
      #"h_t = o_t \odot \phi(c_t)"#,
    ])

  /// donahue-lstm with named pre-activations and no named candidate.
  static let spelledOutLSTM = declaration(
    "spelled-out-lstm",
    [
      #"a_t = W_{xi} x_t + W_{hi} h_{t-1} + b_i"#,
      #"u_t = W_{xf} x_t + W_{hf} h_{t-1} + b_f"#,
      #"c_t = \sigma(u_t) \odot c_{t-1} + \sigma(a_t) \odot \phi(W_{xc} x_t + W_{hc} h_{t-1} + b_c)"#,
      #"h_t = \sigma(W_{xo} x_t + W_{ho} h_{t-1} + b_o) \odot \phi(c_t)"#,
    ])

  static func gru(
    _ id: String, candidate: String, state: String = #"(1 - z_t) \odot h_{t-1} + z_t \odot n_t"#
  ) -> Declaration {
    declaration(
      id,
      [
        #"r_t = \sigma(A_r x_t + B_r h_{t-1} + b_r)"#,
        #"z_t = \sigma(A_z x_t + B_z h_{t-1} + b_z)"#,
        #"n_t = \#(candidate)"#, #"h_t = \#(state)"#,
      ])
  }

  /// cs224d-gru with a bias in the candidate.
  static let biasedGRU = gru(
    "biased-gru", candidate: #"\tanh(A_n x_t + r_t \odot B_n h_{t-1} + b_n)"#)

  /// cs224d-gru with the gate z turned around.
  static let swappedGRU = gru(
    "swapped-gru", candidate: #"\tanh(A_n x_t + r_t \odot B_n h_{t-1})"#,
    state: #"z_t \odot h_{t-1} + (1 - z_t) \odot n_t"#)

  /// The GRU of a framework: z turned around, two biases a gate, one of the candidate's inside the reset.
  static let frameworkGRU = declaration(
    "framework-gru",
    [
      #"r_t = \sigma(W_{ir} x_t + b_{ir} + W_{hr} h_{t-1} + b_{hr})"#,
      #"z_t = \sigma(W_{iz} x_t + b_{iz} + W_{hz} h_{t-1} + b_{hz})"#,
      #"n_t = \tanh(W_{in} x_t + b_{in} + r_t \odot (W_{hn} h_{t-1} + b_{hn}))"#,
      #"h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}"#,
    ])

  static let leakyRNN = declaration(
    "leaky-rnn", [#"h_t = \alpha \odot h_{t-1} + (1 - \alpha) \odot \tanh(W h_{t-1} + U x_t + b)"#],
    vectors: ["alpha"])

  static let plainRNN = declaration("plain-rnn", [#"h_t = \tanh(W h_{t-1} + U x_t + b)"#])

  static let labellingRNN = declaration(
    "labelling-rnn", [#"s_t = \tanh(V s_{t-1} + U x_t + b)"#, #"y_t = W s_t + c"#],
    outputs: ["y"])

  static let softmaxRNN = declaration(
    "softmax-rnn", [#"s_t = \tanh(U x_t + W s_{t-1})"#, #"o_t = \text{softmax}(V s_t)"#],
    outputs: ["o"])

  static let addingRNN = declaration(
    "adding-rnn", [#"h_t = \tanh(W h_{t-1} + x_t)"#])

  static let classifyingRNN = declaration(
    "classifying-rnn",
    [#"s_t = \sigma(U x_t + W s_{t-1} + b)"#, #"y = V s_T + c"#], outputs: ["y"])

  static let memoryless = declaration("memoryless", [#"h_t = \tanh(W x_t)"#])

  static let all = [
    shuffledLSTM, twoBiasLSTM, stackedLSTM, peepholeLSTM, spelledOutLSTM, biasedGRU, swappedGRU,
    frameworkGRU, leakyRNN, plainRNN, labellingRNN, softmaxRNN, addingRNN, classifyingRNN,
    memoryless,
  ]
}
