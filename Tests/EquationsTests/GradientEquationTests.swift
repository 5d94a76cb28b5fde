import Equations
import Testing

@Suite("The gradient equations, as one derives them by hand")
struct GradientEquationTests {
  static func system(_ id: String) throws -> GradientSystem {
    let declaration = try #require(PrintedSystems.all.first { $0.id == id })
    return try GradientSystem(of: Formulation(declaration))
  }

  @Test("donahue-lstm")
  func donahueLSTM() throws {
    #expect(
      try Self.system("donahue-lstm").text(input: Symbol("x")) == [
        "h̄_t = ∂E/∂h_t + W_{hc}ᵀ δg_{t+1} + W_{ho}ᵀ δo_{t+1} + W_{hf}ᵀ δf_{t+1}"
          + " + W_{hi}ᵀ δi_{t+1}",
        "c̄_t = ∂E/∂c_t + h̄_t ⊙ o_t ⊙ (1 - φ(c_t)²) + c̄_{t+1} ⊙ f_{t+1}",
        "δg_t = c̄_t ⊙ i_t ⊙ (1 - g_t²)",
        "δo_t = h̄_t ⊙ φ(c_t) ⊙ o_t ⊙ (1 - o_t)",
        "δf_t = c̄_t ⊙ c_{t-1} ⊙ f_t ⊙ (1 - f_t)",
        "δi_t = c̄_t ⊙ g_t ⊙ i_t ⊙ (1 - i_t)",
        "x̄_t = W_{xc}ᵀ δg_t + W_{xo}ᵀ δo_t + W_{xf}ᵀ δf_t + W_{xi}ᵀ δi_t",
      ]
        + [("i", "i"), ("f", "f"), ("o", "o"), ("c", "g")].flatMap { label, gate in
          [
            "∂E/∂W_{x\(label)} = Σ_t δ\(gate)_t x_tᵀ",
            "∂E/∂W_{h\(label)} = Σ_t δ\(gate)_t h_{t-1}ᵀ",
            "∂E/∂b_\(label) = Σ_t δ\(gate)_t",
          ]
        })
  }

  @Test("padhai-lstm, the candidate corrected")
  func padhaiLSTM() throws {
    var declaration = try #require(PrintedSystems.all.first { $0.id == "padhai-lstm" })
    declaration.lines.removeLast()
    declaration.outputs = ["h"]
    declaration.corrections = [
      Correction(
        printed: #"\sigma W (h_{t-1}"#, read: #"\sigma (W h_{t-1}"#, reason: "as the gates")
    ]
    #expect(
      try GradientSystem(of: Formulation(declaration)).text(input: Symbol("x")) == [
        "h̄_t = ∂E/∂h_t + W_fᵀ δf_{t+1} + W_iᵀ δi_{t+1} + Wᵀ δs̃_{t+1} + W_oᵀ δo_{t+1}",
        "s̄_t = ∂E/∂s_t + h̄_t ⊙ o_t ⊙ σ(s_t) ⊙ (1 - σ(s_t)) + s̄_{t+1} ⊙ f_{t+1}",
        "δf_t = s̄_t ⊙ s_{t-1} ⊙ f_t ⊙ (1 - f_t)",
        "δi_t = s̄_t ⊙ s̃_t ⊙ i_t ⊙ (1 - i_t)",
        "δs̃_t = s̄_t ⊙ i_t ⊙ s̃_t ⊙ (1 - s̃_t)",
        "δo_t = h̄_t ⊙ σ(s_t) ⊙ o_t ⊙ (1 - o_t)",
        "x̄_t = U_fᵀ δf_t + U_iᵀ δi_t + Uᵀ δs̃_t + U_oᵀ δo_t",
      ]
        + [("_o", "o"), ("", "s̃"), ("_i", "i"), ("_f", "f")].flatMap { label, gate in
          let recurrent = "∂E/∂W\(label) = Σ_t δ\(gate)_t h_{t-1}ᵀ"
          let input = "∂E/∂U\(label) = Σ_t δ\(gate)_t x_tᵀ"
          let bias = "∂E/∂b\(label) = Σ_t δ\(gate)_t"
          return label.isEmpty ? [recurrent, input, bias] : [input, recurrent, bias]
        })
  }

  @Test("cs224d-gru")
  func cs224dGRU() throws {
    #expect(
      try Self.system("cs224d-gru").text(input: Symbol("x")) == [
        "h̄_t = ∂E/∂h_t + h̄_{t+1} ⊙ (1 - z_{t+1}) + Wᵀ (δh̃_{t+1} ⊙ r_{t+1})"
          + " + W_rᵀ δr_{t+1} + W_zᵀ δz_{t+1}",
        "δh̃_t = h̄_t ⊙ z_t ⊙ (1 - h̃_t²)",
        "δr_t = δh̃_t ⊙ W h_{t-1} ⊙ r_t ⊙ (1 - r_t)",
        "δz_t = (h̄_t ⊙ h̃_t - h̄_t ⊙ h_{t-1}) ⊙ z_t ⊙ (1 - z_t)",
        "x̄_t = W_{[x]}ᵀ δh̃_t + u_rᵀ δr_t + U_zᵀ δz_t",
        "∂E/∂W = Σ_t (δh̃_t ⊙ r_t) h_{t-1}ᵀ",
        "∂E/∂W_{[x]} = Σ_t δh̃_t x_tᵀ",
        "∂E/∂W_z = Σ_t δz_t h_{t-1}ᵀ",
        "∂E/∂U_z = Σ_t δz_t x_tᵀ",
        "∂E/∂b_z = Σ_t δz_t",
        "∂E/∂W_r = Σ_t δr_t h_{t-1}ᵀ",
        "∂E/∂u_r = Σ_t δr_t x_tᵀ",
        "∂E/∂b_r = Σ_t δr_t",
      ])
  }

  @Test("in LaTeX: no second superscript, squares, blocks")
  func latex() throws {
    let lstm = try Self.system("donahue-lstm").latex(input: Symbol("x"))
    #expect(
      lstm[1]
        == #"\bar{c}_{t} = \frac{\partial E}{\partial c_{t}} + "#
        + #"\bar{h}_{t} \odot o_{t} \odot (1 - \varphi(c_{t})^{2}) + \bar{c}_{t+1} \odot f_{t+1}"#)
    #expect(
      lstm[7] == #"\frac{\partial E}{\partial W_{xi}} = \sum_t \delta i_{t} x_{t}^{\top}"#)
    let rnn = try Self.system("cs224d-rnn").latex(input: Symbol("x"))
    #expect(rnn.contains(#"\bar{x}_{t} = {W^{(hs)}}^{\top} \bar{h}_{t}"#))
    #expect(
      rnn.contains(
        #"\frac{\partial E}{\partial W^{(S)}} = \sum_t \bar{\hat{y}}_{t} f(h_{t})^{\top}"#))
    let stacked = try Self.system("knight-lstm").text(input: Symbol("x"))
    #expect(stacked.contains("∂E/∂W^{[r2/4;c1/2]} = Σ_t δf_t h_{t-1}ᵀ"))
  }

  @Test("signs stand between addends, and a softmax's value is its signal")
  func signsAndSoftmax() throws {
    #expect(
      try Self.system("running-average").text(input: Symbol("v")).last
        == "∂E/∂α = Σ_t (μ̄_t ⊙ μ_{t-1} - μ̄_t ⊙ v_t)")
    #expect(
      try Self.system("padhai-rnn-labelling").text(input: Symbol("x"))[1]
        == "δs_t = (∂E/∂s_t + Vᵀ ((ŷ̄_t - (ŷ_tᵀ ŷ̄_t)) ⊙ ŷ_t) + Wᵀ δs_{t+1})"
        + " ⊙ s_t ⊙ (1 - s_t)")
    let negative = try GradientSystem(of: Formulation(.of(["h_t = f(x_t) - b - W x_t - b"])))
    #expect(
      negative.text(input: Symbol("x")) == [
        "h̄_t = 0", "x̄_t = h̄_t ⊙ (1 - f(x_t)²) - Wᵀ h̄_t", "∂E/∂b = Σ_t (-h̄_t - h̄_t)",
        "∂E/∂W = Σ_t -h̄_t x_tᵀ",
      ])
  }

  @Test("a document's own bar is not a gradient's")
  func bars() throws {
    let formulation = try Formulation(
      .of([#"\bar{h}_t = f(U x_t + W h_{t-1})"#, #"h_t = h_{t-1} + \bar{h}_t"#], outputs: ["h"]))
    let system = try GradientSystem(of: formulation)
    #expect(
      system.text(input: Symbol("x")) == [
        "ȟ_t = ∂E/∂h_t + ȟ_{t+1} + Wᵀ δh̄_{t+1}", "δh̄_t = ȟ_t ⊙ (1 - h̄_t²)", "x̌_t = Uᵀ δh̄_t",
        "∂E/∂U = Σ_t δh̄_t x_tᵀ", "∂E/∂W = Σ_t δh̄_t h_{t-1}ᵀ",
      ])
    #expect(Set(system.adjoints.map(\.symbol)).isDisjoint(with: formulation.signals))
  }

  @Test("an equation of the last step, or softmaxes in softmaxes, have no gradients")
  func unsupported() throws {
    #expect { try Self.system("padhai-rnn-classification") } throws: {
      ($0 as? EquationError)?.code == .unsupported && "\($0)".contains("y_hat")
    }
    func nested(_ depth: Int) throws -> GradientSystem {
      let open = String(repeating: #"\text{softmax}("#, count: depth)
      let close = String(repeating: ")", count: depth)
      return try GradientSystem(of: Formulation(.of(["h_t = \(open)W x_t\(close)"])))
    }
    #expect(try nested(4).text(input: Symbol("x")).count == 3)
    #expect { try nested(50) } throws: { ($0 as? EquationError)?.code == .unsupported }
  }
}
