import Equations
import Oracle
import Tensors
import Testing

/// Systems that between them use everything the oracle evaluates.
enum Systems {
  static let all: [Declaration] = [
    system(
      "lstm",
      [
        #"i_t = \sigma(W_{xi} x_t + W_{hi} h_{t-1} + b_i)"#,
        #"f_t = \sigma(W_{xf} x_t + W_{hf} h_{t-1} + b_f)"#,
        #"o_t = \sigma(W_{xo} x_t + W_{ho} h_{t-1} + b_o)"#,
        #"g_t = \varphi(W_{xc} x_t + W_{hc} h_{t-1} + b_c)"#,
        #"c_t = f_t \odot c_{t-1} + i_t \odot g_t"#,
        #"h_t = o_t \odot \varphi(c_t)"#,
      ], outputs: ["h"]),
    system(
      "stacked-lstm",
      [
        #"\begin{pmatrix} i_t \\ f_t \\ o_t \\ g_t \end{pmatrix} = "#
          + #"\begin{pmatrix} \sigma \\ \sigma \\ \sigma \\ \tanh \end{pmatrix} "#
          + #"W \begin{pmatrix} h_{t-1} \\ x_t \end{pmatrix}"#,
        #"c_t = f_t \odot c_{t-1} + i_t \odot g_t"#,
        #"h_t = o_t \odot \tanh(c_t)"#,
      ], outputs: ["h"]),
    system(
      "gru",
      [
        #"h_t = (1-z_t)h_{t-1} + z_t\tilde{h_t}"#,
        #"\tilde{h_t} = \tanh(r_t \odot Wh_{t-1} + W_{[x]}x_t)"#,
        #"z_t = \sigma(W_zh_{t-1} + U_zx_t + b_z)"#,
        #"r_t = \sigma(W_rh_{t-1} + U_rx_t + b_r)"#,
      ], outputs: ["h"]),
    system(
      "peephole",
      [
        #"f_t = \sigma(W x_t + U h_{t-1} + w_f \odot c_{t-1} + b)"#,
        #"c_t = f_t \odot c_{t-1} + (1 - f_t) \odot \tanh(V x_t - Z h_{t-1})"#,
        #"h_t = \varphi(c_t) \odot c_t"#,
      ], outputs: ["h", "c"]),
    system(
      "skip", [#"h_t = \varphi(W h_{t-1} + V h_{t-3} + U x_t + b)"#, #"y_t = O h_t"#],
      outputs: ["y"]),
    system(
      "leaky", [#"h_t = \alpha h_{t-1} + (1 - \alpha) \sigma(W h_{t-1} + U x_t + b)"#],
      vectors: ["alpha"], outputs: ["h"]),
    system(
      "relu", [#"s_t = \rho(U x_t + W s_{t-1})"#, #"o_t = V s_t + c"#], outputs: ["o"]),
    system(
      "softmax", [#"s_t = \varphi(U x_t + W s_{t-1})"#, #"o_t = \text{softmax}(V s_t)"#],
      outputs: ["o"]),
    system(
      "last-step",
      [#"s_t = \sigma(U x_t + W s_{t-1} + b)"#, #"\hat{y} = \text{softmax}(V s_T + c)"#],
      outputs: ["y_hat"]),
    system(
      "own-bar",
      [
        #"\bar{h}_t = \varphi(2 U x_t - W (\bar{h}_{t-1} \odot h_{t-1}))"#,
        #"h_t = -h_{t-1} \odot \sigma(1) + \varphi(3 \bar{h}_t h_{t-2} - (1 - h_{t-1}) Q x_t \odot \bar{h}_t)"#,
      ], outputs: ["h"]),
    system(
      "constant", [#"h_t = \alpha h_{t-1} + (1 - \alpha) \varphi(W h_{t-1} + U x_t)"#],
      vectors: ["alpha"], constants: ["alpha"], outputs: ["h"]),
    system(
      "one-to-many",
      [#"h_t = \varphi(W h_{t-1} + U (x_t - b) + Q x_t \odot h_{t-1})"#, #"y_t = V h_t + c"#],
      inputSteps: .first, outputs: ["y"]),
    system(
      "backward-lstm",
      [
        #"f_t = \sigma(W_{xf} x_t + W_{hf} h_{t+1} + b_f)"#,
        #"c_t = f_t \odot c_{t+1} + (1 - f_t) \odot \varphi(W_{xc} x_t + W_{hc} h_{t+1})"#,
        #"h_t = \varphi(c_t) - c_{t+3}"#,
      ], outputs: ["h"]),
    system(
      "bidirectional",
      [
        #"y_t = \text{softmax}(V \begin{pmatrix} \overrightarrow{s}_t \\ \overleftarrow{s}_t \end{pmatrix})"#,
        #"\overleftarrow{s}_t = \varphi(C x_t + D \overleftarrow{s}_{t+2} + \overrightarrow{s}_t)"#,
        #"\overrightarrow{s}_t = \varphi(A x_t + B \overrightarrow{s}_{t-1} + b)"#,
      ], outputs: ["y"]),
    system(
      "there-and-back",
      [
        #"h_t = \sigma(U x_t + W h_{t-1})"#, #"g_t = \varphi(Q h_t) \odot h_t"#,
        #"k_t = \varphi(g_{t+1} + P k_{t+1})"#, #"m_t = \varphi(k_t \odot m_{t-2} + b)"#,
        #"y = V m_T + Z k_T"#,
      ], outputs: ["m", "y"]),
  ]

  static func system(
    _ id: String, _ lines: [String], vectors: Set<String> = [], constants: Set<String> = [],
    inputSteps: Notation.InputSteps = .every, outputs: [String]
  ) -> Declaration {
    Declaration(
      id: id, title: id, document: Document(key: "test", title: "test"), lines: lines,
      notation: Notation(
        inputSteps: inputSteps,
        functions: ["sigma": .logistic, "varphi": .tanh, "rho": .relu], vectors: vectors,
        fractions: constants, constants: constants),
      outputs: outputs)
  }

  /// The system of that name.
  static func named(_ id: String) throws -> Declaration {
    try #require(all.first { $0.id == id })
  }

  /// A case of small dyadic numbers, fractions between 0 and 1.
  static func problem(
    _ formulation: Formulation, sizes: Sizes, steps: Int, batch: Int, lengths: [Int]? = nil,
    seed: UInt64
  ) -> Case<Double> {
    func numbers(_ name: String, _ shape: [Int]) -> Tensor<Double> {
      var generator = CounterGenerator(seed: seed, name: name)
      return Tensor(shape: shape) { _ in Double(Int.random(in: -96...96, using: &generator)) / 64 }
    }
    func vectors(_ symbols: [Symbol], _ name: String, steps: Int?) -> [String: Tensor<Double>] {
      Dictionary(
        uniqueKeysWithValues: symbols.map { symbol in
          let leading = steps.map { [formulation.steps(of: symbol, in: $0)] } ?? []
          let shape = leading + [batch, sizes[formulation.axis(of: symbol)]]
          return (symbol.name, numbers(name + symbol.name, shape))
        })
    }
    return Case(
      parameters: Dictionary(
        uniqueKeysWithValues: formulation.parameters.map { parameter in
          let tensor = numbers(parameter.name, parameter.shape.extents(sizes))
          let isFraction = formulation.declaration.notation.fractions.contains(parameter.name)
          return (parameter.name, isFraction ? tensor.map { $0.magnitude / 2 } : tensor)
        }),
      batch: SequenceBatch(
        x: numbers("input", [steps, batch, sizes.input]), lengths: lengths,
        initial: vectors(formulation.states, "initial", steps: nil)),
      upstream: Upstream(
        sequence: vectors(formulation.outputs, "sequence", steps: steps),
        final: vectors(formulation.states, "final", steps: nil)))
  }
}

extension Declaration: CustomTestStringConvertible {
  /// What test reports call a declaration.
  public var testDescription: String { id }
}
