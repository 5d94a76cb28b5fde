import Equations

// The tutorial of 2016-05-18 describes these three in words and figures; the equations are written from them.

extension Declaration {
  /// Two RNNs side by side, one of which runs from the last step to the first; one V over the states of both.
  ///
  /// ```
  /// →s_t = f(→U x_t + →W →s_{t-1})
  /// ←s_t = f(←U x_t + ←W ←s_{t+1})
  /// o_t = softmax(V (→s_t; ←s_t))
  /// ```
  public static let elmanTanhBidirectional = composedElman(
    id: "elman-tanh/bidirectional", title: "bidirectional RNN with tanh and a softmax output",
    lines: [
      #"\overrightarrow{s}_t = f(\overrightarrow{U} x_t + \overrightarrow{W} \overrightarrow{s}_{t-1})"#,
      #"\overleftarrow{s}_t = f(\overleftarrow{U} x_t + \overleftarrow{W} \overleftarrow{s}_{t+1})"#,
      #"o_t = softmax(V \begin{pmatrix} \overrightarrow{s}_t \\ \overleftarrow{s}_t \end{pmatrix})"#,
    ],
    reading: "f is tanh; one V applies to the states of both directions, stacked")

  /// Two layers at each step; the second reads the states of the first.
  ///
  /// ```
  /// s^(1)_t = f(U^(1) x_t + W^(1) s^(1)_{t-1})
  /// s^(2)_t = f(U^(2) s^(1)_t + W^(2) s^(2)_{t-1})
  /// o_t = softmax(V s^(2)_t)
  /// ```
  public static let elmanTanhDeep = composedElman(
    id: "elman-tanh/deep", title: "deep RNN with tanh and a softmax output",
    lines: [
      #"s^{(1)}_t = f(U^{(1)} x_t + W^{(1)} s^{(1)}_{t-1})"#,
      #"s^{(2)}_t = f(U^{(2)} s^{(1)}_t + W^{(2)} s^{(2)}_{t-1})"#,
      #"o_t = softmax(V s^{(2)}_t)"#,
    ],
    reading: "f is tanh; two layers, the output computed from the states of the second")

  /// Two bidirectional layers; the second reads the states of both directions of the first, stacked.
  ///
  /// ```
  /// →s^(1)_t = f(→U^(1) x_t + →W^(1) →s^(1)_{t-1})
  /// ←s^(1)_t = f(←U^(1) x_t + ←W^(1) ←s^(1)_{t+1})
  /// →s^(2)_t = f(→U^(2) (→s^(1)_t; ←s^(1)_t) + →W^(2) →s^(2)_{t-1})
  /// ←s^(2)_t = f(←U^(2) (→s^(1)_t; ←s^(1)_t) + ←W^(2) ←s^(2)_{t+1})
  /// o_t = softmax(V (→s^(2)_t; ←s^(2)_t))
  /// ```
  public static let elmanTanhDeepBidirectional = composedElman(
    id: "elman-tanh/deep-bidirectional",
    title: "deep bidirectional RNN with tanh and a softmax output",
    lines: [
      #"\overrightarrow{s}^{(1)}_t = f(\overrightarrow{U}^{(1)} x_t"#
        + #" + \overrightarrow{W}^{(1)} \overrightarrow{s}^{(1)}_{t-1})"#,
      #"\overleftarrow{s}^{(1)}_t = f(\overleftarrow{U}^{(1)} x_t"#
        + #" + \overleftarrow{W}^{(1)} \overleftarrow{s}^{(1)}_{t+1})"#,
      #"\overrightarrow{s}^{(2)}_t = f(\overrightarrow{U}^{(2)}"#
        + #" \begin{pmatrix} \overrightarrow{s}^{(1)}_t \\ \overleftarrow{s}^{(1)}_t \end{pmatrix}"#
        + #" + \overrightarrow{W}^{(2)} \overrightarrow{s}^{(2)}_{t-1})"#,
      #"\overleftarrow{s}^{(2)}_t = f(\overleftarrow{U}^{(2)}"#
        + #" \begin{pmatrix} \overrightarrow{s}^{(1)}_t \\ \overleftarrow{s}^{(1)}_t \end{pmatrix}"#
        + #" + \overleftarrow{W}^{(2)} \overleftarrow{s}^{(2)}_{t+1})"#,
      #"o_t = softmax(V"#
        + #" \begin{pmatrix} \overrightarrow{s}^{(2)}_t \\ \overleftarrow{s}^{(2)}_t \end{pmatrix})"#,
    ],
    reading:
      "f is tanh; two layers, each direction of the second reads the states of both directions of"
      + " the first, stacked, and so does V those of the second")

  private static func composedElman(
    id: String, title: String, lines: [String], reading: String
  ) -> Declaration {
    Declaration(
      id: id, title: title, document: tutorial, lines: lines,
      notation: Notation(functions: ["f": .tanh, "softmax": .softmax]), reading: reading,
      outputs: ["o"])
  }
}
