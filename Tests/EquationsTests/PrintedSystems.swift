import Equations
import Testing

extension Declaration: CustomTestStringConvertible {
  /// What test reports call a declaration.
  public var testDescription: String { id }
}

/// The systems that the five documents print, line by line as printed, with what a reader must add.
enum PrintedSystems {
  static let all: [Declaration] = [
    system(
      "donahue-rnn",
      [
        #"h_t &= \sigma(W_{xh} x_t + W_{hh} h_{t-1} + b_h) \\"#,
        #"y_t &= \sigma(W_{hy} h_t + b_y)"#,
      ], functions: ["sigma": .logistic], outputs: ["y"]),
    system(
      "donahue-lstm",
      [
        #"\begin{align}"#,
        #"i_t &= \sigma(W_{xi} x_t + W_{hi} h_{t-1} + b_i)  \\"#,
        #"f_t &= \sigma(W_{xf} x_t + W_{hf} h_{t-1} + b_f)  \\"#,
        #"o_t &= \sigma(W_{xo} x_t + W_{ho} h_{t-1} + b_o)  \\"#,
        #"g_t &= \varphi(W_{xc} x_t + W_{hc} h_{t-1} + b_c) \\"#,
        #"c_t &= f_t \odot c_{t-1} + i_t \odot g_t          \\"#,
        #"h_t &= o_t \odot \varphi(c_t)"#,
        #"\end{align}"#,
      ], functions: ["sigma": .logistic, "varphi": .tanh], outputs: ["h"]),
    system(
      "knight-rnn",
      [#"h_t = \tanh(W_{hh} h_{t-1} + W_{xh} x_t)"#, #"y_t = W_{hy} h_t"#], outputs: ["y"]),
    system(
      "knight-lstm",
      [
        #"\begin{pmatrix} i_t \\ f_t \\ o_t \\ g_t \end{pmatrix} = "#
          + #"\begin{pmatrix} \sigma \\ \sigma \\ \sigma \\ \tanh \end{pmatrix} "#
          + #"W \begin{pmatrix} h_{t-1} \\ x_t \end{pmatrix}"#,
        #"c_t = f_t \odot c_{t-1} + i_t \odot g_t"#,
        #"h_t = o_t \odot \tanh(c_t)"#,
      ], functions: ["sigma": .logistic], outputs: ["h"]),
    system(
      "elman-tanh", [#"$s_t=f(Ux_t+Ws_{t-1})$"#, #"$o_t = softmax(Vs_t)$"#],
      functions: ["f": .tanh], outputs: ["o"]),
    system(
      "elman-relu", [#"$s_t=f(Ux_t+Ws_{t-1})$"#, #"$o_t = softmax(Vs_t)$"#],
      functions: ["f": .relu], outputs: ["o"]),
    system(
      "elman-bidirectional",
      [
        #"\overrightarrow{s}_t = f(\overrightarrow{U} x_t + \overrightarrow{W} \overrightarrow{s}_{t-1})"#,
        #"\overleftarrow{s}_t = f(\overleftarrow{U} x_t + \overleftarrow{W} \overleftarrow{s}_{t+1})"#,
        #"o_t = softmax(V \begin{pmatrix} \overrightarrow{s}_t \\ \overleftarrow{s}_t \end{pmatrix})"#,
      ], functions: ["f": .tanh], outputs: ["o"]),
    system(
      "elman-deep",
      [
        #"s^{(1)}_t = f(U^{(1)} x_t + W^{(1)} s^{(1)}_{t-1})"#,
        #"s^{(2)}_t = f(U^{(2)} s^{(1)}_t + W^{(2)} s^{(2)}_{t-1})"#,
        #"o_t = softmax(V s^{(2)}_t)"#,
      ], functions: ["f": .tanh], outputs: ["o"]),
    system(
      "elman-deep-bidirectional",
      [
        #"\overrightarrow{s}^{(1)}_t = f(\overrightarrow{U}^{(1)} x_t + \overrightarrow{W}^{(1)} \overrightarrow{s}^{(1)}_{t-1})"#,
        #"\overleftarrow{s}^{(1)}_t = f(\overleftarrow{U}^{(1)} x_t + \overleftarrow{W}^{(1)} \overleftarrow{s}^{(1)}_{t+1})"#,
        #"\overrightarrow{s}^{(2)}_t = f(\overrightarrow{U}^{(2)} \begin{pmatrix} \overrightarrow{s}^{(1)}_t \\ \overleftarrow{s}^{(1)}_t \end{pmatrix} + \overrightarrow{W}^{(2)} \overrightarrow{s}^{(2)}_{t-1})"#,
        #"\overleftarrow{s}^{(2)}_t = f(\overleftarrow{U}^{(2)} \begin{pmatrix} \overrightarrow{s}^{(1)}_t \\ \overleftarrow{s}^{(1)}_t \end{pmatrix} + \overleftarrow{W}^{(2)} \overleftarrow{s}^{(2)}_{t+1})"#,
        #"o_t = softmax(V \begin{pmatrix} \overrightarrow{s}^{(2)}_t \\ \overleftarrow{s}^{(2)}_t \end{pmatrix})"#,
      ], functions: ["f": .tanh], outputs: ["o"]),
    Declaration(
      id: "cs224d-general", title: "cs224d-general", document: document,
      lines: [
        #"{h^{(t)} = f(h^{(t-1)}, x^{(t)}; \theta)} \tag{1}"#,
        #"y^{(t)} = g(h^{(t)};\theta)"#,
      ],
      notation: Notation(
        functions: [:],
        abbreviations: [
          "f": .init(arguments: ["h", "x", "theta"], body: #"\tanh(W h + U x + \theta)"#),
          "g": .init(arguments: ["h", "theta"], body: #"\text{softmax}(V h)"#),
        ]), outputs: ["y"]),
    system(
      "cs224d-rnn",
      [
        #"h_t &= Wf(h_{t-1}) + W^{(hs)}x_{[t]} \\"#,
        #"\hat{y}_t &= W^{(S)}f(h_t)"#,
      ], functions: ["f": .tanh], outputs: ["y_hat"]),
    Declaration(
      id: "leaky-rnn", title: "leaky-rnn", document: document,
      lines: [#"$$h_{t,i} = α_ih_{t−1,i} + (1 − α_i)F_i(h_{t−1}, x_{t})$$"#],
      notation: Notation(
        unitIndex: "i", functions: ["sigma": .logistic],
        abbreviations: ["F": .init(arguments: ["h", "x"], body: #"\sigma(W h + U x + b)"#)]),
      outputs: ["h"]),
    Declaration(
      id: "running-average", title: "running-average", document: document,
      lines: [#"μ_t ← αμ_{t−1} + (1 − α)v_t"#],
      notation: Notation(input: "v", functions: [:], vectors: ["alpha"]), outputs: ["mu"]),
    Declaration(
      id: "skip-rnn", title: "skip-rnn", document: document,
      lines: [#"h_t = \tanh(W h_{t-1} + V h_{t-d} + U x_t + b)"#],
      notation: Notation(functions: [:], delays: ["d": 3]), outputs: ["h"]),
    system(
      "cs224d-lstm",
      [
        #"C_t = f_tC_{t-1} + i_t\tilde{C}_t"#,
        #"\tilde{C_t} = tanh(Wh_{t-1} + W_{[x]}x_t)"#,
        #"f_t &= \sigma(W_{f}h_{t-1} + U_fx_t + b_f) \\"#,
        #"i_t &= \sigma(W_ih_{t-1} + U_ix_t + b_i) \\"#,
        #"h_t = o_ttanh(C_t)"#,
        #"o_t = \sigma(W_oh_{t-1} + U_ox_t + b_o)"#,
      ], functions: ["sigma": .logistic, "tanh": .tanh], outputs: ["h"]),
    system(
      "cs224d-gru",
      [
        #"h_t = (1-z_t)h_{t-1} + z_t\tilde{h_t}"#,
        #"\tilde{h_t} = tanh(r_t \odot Wh_{t-1} + W_{[x]}x_t)"#,
        #"z_t &= \sigma(W_zh_{t-1} + U_zx_t + b_z) \\"#,
        #"r_t &= \sigma(W_rh_{t-1} + u_rx_t + b_r) \\"#,
      ], functions: ["sigma": .logistic, "tanh": .tanh], outputs: ["h"]),
    Declaration(
      id: "padhai-rnn-classification", title: "padhai-rnn", document: document,
      lines: [#"$$s_{i} = \sigma(Ux_{i} + Ws_{i-1}+b)$$"#, #"$$\hat{y} = O(Vs_{T} +c)$$"#],
      notation: Notation(timeIndex: "i", functions: ["sigma": .logistic, "O": .softmax]),
      outputs: ["y_hat"]),
    Declaration(
      id: "padhai-rnn-labelling", title: "padhai-rnn", document: document,
      lines: [#"$$s_{i} = \sigma(Ux_{i} + Ws_{i-1}+b)$$"#, #"$$\hat{y} = O(Vs_{i} +c)$$"#],
      notation: Notation(timeIndex: "i", functions: ["sigma": .logistic, "O": .softmax]),
      outputs: ["y_hat"]),
    system(
      "padhai-lstm",
      [
        #"$$o_{t-1} = \sigma(U_{o}x_{t-1} + W_{o}h_{t-2}+b_{o})$$"#,
        #"$$\tilde{s_{t}} = \sigma W (h_{t-1} + U x_{t} + b )$$"#,
        #"$$i_{t} = \sigma(U_{i}x_{t} + W_{i}h_{t-1}+b_{i})$$"#,
        #"$$f_{t} = \sigma(U_{f}x_{t} + W_{f}h_{t-1}+b_{f})$$"#,
        #"$$s_{t}= \tilde{s_{t}} \odot i_{t} + s_{t-1} \odot f_{t}  $$"#,
        #"$$ h_{t} = o_{t} \odot \sigma(s_{t})$$"#,
        #"$$ \hat{y} = O(Vh_{t}+c) $$"#,
      ], functions: ["sigma": .logistic, "O": .softmax], outputs: ["h", "y_hat"]),
    system(
      "padhai-gru",
      [
        #"$$o_{t} = \sigma(U_{o}x_{t} + W_{o}s_{t-1} + b_{o})$$\"#,
        #"$$i_{t} = \sigma(U_{i}x_{t} + W_{i}s_{t-1} + b_{i})$$"#,
        #"$$\tilde{s_{t}} = \sigma (W (o_{t} \odot s_{t-1}) + U x_{t} + b )$$\"#,
        #"$$s_{t}= (1-i_{t}) \odot s_{t-1} + i_{t} \odot \tilde{s_{t}} $$"#,
      ].map { $0.hasSuffix("\\") ? String($0.dropLast()) : $0 },
      functions: ["sigma": .logistic], outputs: ["s"]),
  ]

  private static let document = Document(key: "test", title: "a printed system")

  private static func system(
    _ id: String, _ lines: [String], functions: [String: Activation] = [:], outputs: [String]
  ) -> Declaration {
    Declaration(
      id: id, title: id, document: document, lines: lines,
      notation: Notation(functions: functions), outputs: outputs)
  }
}
