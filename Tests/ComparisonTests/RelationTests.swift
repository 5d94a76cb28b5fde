import Comparison
import DonahueLSTM
import Equations
import GRU
import PadhaiLSTM
import Testing

@Suite struct RelationTests {
  @Test(arguments: Comparing.printed + Cells.all)
  func everyCellEqualsItself(_ cell: Declaration) throws {
    let comparison = try Comparing.compare(cell, cell)
    #expect(comparison.verdict == .equal)
    #expect(comparison.relation?.kinds == [])
    #expect(comparison.signals.allSatisfy { $0.a == $0.b && !$0.isComplement })
    #expect(comparison.parameters.allSatisfy { $0.equation == "B.\($0.b ?? "") = A.\($0.b ?? "")" })
    #expect(comparison.equations.allSatisfy { $0.match == .same && $0.differences.isEmpty })
    #expect(comparison.behaviour.steps.allSatisfy { $0.distance == 0 })
  }

  @Test func renamedAndShuffledCopyIsFoundExactly() throws {
    let comparison = try Comparing.compare(.donahueLSTM, Cells.shuffledLSTM)
    #expect(comparison.verdict == .equal)
    #expect(comparison.relation?.kinds == [.renaming])
    #expect((comparison.relation?.verification.numbers ?? 0) > 200)
    let letters = ["i": "d", "f": "k", "o": "p", "g": "e", "c": "m", "h": "q", "x": "v"]
    for (a, b) in letters { #expect(comparison.counterpart(of: a) == b) }
    #expect(
      Set(comparison.relation?.parameters ?? [])
        == Set(
          ["i", "f", "o", "c"].flatMap { gate -> [String] in
            let other = letters[gate == "c" ? "g" : gate] ?? ""
            return [
              "B.V_\(other) = A.W_x\(gate)", "B.R_\(other) = A.W_h\(gate)",
              "B.a_\(other) = A.b_\(gate)",
            ]
          }))
    #expect(comparison.equations.allSatisfy { $0.match == .same })
  }

  @Test func exchangedGatesAreARenaming() throws {
    var lstm = try Formulation(.donahueLSTM).equations
    let (i, f) = (Symbol("i"), Symbol("f"))
    lstm[4].expression = lstm[4].expression.rewritten {
      switch $0 {
      case .signal(i, let time): .signal(f, time)
      case .signal(f, let time): .signal(i, time)
      default: $0
      }
    }
    let comparison = FormulationComparison(
      try Formulation(.donahueLSTM), try Formulation(.donahueLSTM, equations: lstm))
    #expect(comparison.verdict == .equal)
    #expect(comparison.counterpart(of: "i") == "f")
    #expect(comparison.parameter("W_xi") == "B.W_xf = A.W_xi")
  }

  @Test func candidateBiasAtZero() throws {
    let comparison = try Comparing.compare(Cells.biasedGRU, .cs224dGRU)
    #expect(comparison.verdict == .conditional)
    #expect(comparison.relation?.kinds == [.renaming, .fixed])
    #expect(comparison.relation?.parameters.filter { $0.hasSuffix("= 0") } == ["A.b_n = 0"])
    #expect(comparison.statements.first?.hasSuffix("where A.b_n = 0.") == true)
  }

  @Test func polarityOfTheUpdateGate() throws {
    let comparison = try Comparing.compare(.cs224dGRU, Cells.swappedGRU)
    #expect(comparison.verdict == .equal)
    #expect(comparison.relation?.kinds == [.renaming, .polarity])
    #expect(comparison.counterpart(of: "z") == "1 - z")
    #expect(
      comparison.relation?.parameters.filter { $0.contains("-") }.sorted() == [
        "B.A_z = -A.U_z", "B.B_z = -A.W_z", "B.b_z = -A.b_z",
      ])
    #expect(comparison.relation?.parameters.contains("B.B_r = A.W_r") == true)
    // The arithmetic differs by rounding, 1 − z for z, and by no more.
    #expect(comparison.behaviour.steps.allSatisfy { $0.distance < 0x1p-45 })
  }

  @Test func twoBiasesAreOne() throws {
    let comparison = try Comparing.compare(Cells.twoBiasLSTM, .donahueLSTM)
    #expect(comparison.verdict == .equal)
    #expect(comparison.relation?.kinds == [.renaming, .sum])
    #expect(comparison.relation?.parameters.contains("B.b_i = A.b_hi + A.b_ii") == true)
    #expect(comparison.relation?.parameters.contains("B.b_c = A.b_hg + A.b_ig") == true)
    let mirrored = try Comparing.compare(.donahueLSTM, Cells.twoBiasLSTM)
    #expect(mirrored.relation?.parameters.contains("B.b_hi + B.b_ii = A.b_i") == true)
  }

  @Test func polaritySumsAndZerosTogether() throws {
    let comparison = try Comparing.compare(Cells.frameworkGRU, .cs224dGRU)
    #expect(comparison.verdict == .conditional)
    #expect(comparison.relation?.kinds == [.renaming, .polarity, .sum, .fixed])
    let parameters = comparison.relation?.parameters ?? []
    for text in [
      "B.b_z = -A.b_hz - A.b_iz", "B.b_r = A.b_hr + A.b_ir", "B.W_z = -A.W_hz", "B.W = A.W_hn",
      "A.b_in = 0", "A.b_hn = 0",
    ] {
      #expect(parameters.contains(text), "\(text)")
    }
  }

  @Test func peepholesAtZero() throws {
    let comparison = try Comparing.compare(Cells.peepholeLSTM, .donahueLSTM)
    #expect(comparison.verdict == .conditional)
    #expect(comparison.relation?.kinds == [.fixed])
    #expect(
      comparison.relation?.parameters.filter { $0.hasSuffix("= 0") } == [
        "A.p_f = 0", "A.p_i = 0", "A.p_o = 0",
      ])
  }

  @Test func leakAtZero() throws {
    let comparison = try Comparing.compare(Cells.leakyRNN, Cells.plainRNN)
    #expect(comparison.verdict == .conditional)
    #expect(comparison.relation?.parameters.contains("A.alpha = 0") == true)
  }

  @Test func stackedMatrixBlockByBlock() throws {
    let comparison = try Comparing.compare(.donahueLSTM, Cells.stackedLSTM)
    #expect(comparison.verdict == .conditional)
    #expect(comparison.parameter("W_xf") == "B.W[rows 2/4, columns 2/2] = A.W_xf")
    #expect(comparison.parameter("W_hc") == "B.W[rows 4/4, columns 1/2] = A.W_hc")
  }

  @Test func otherIntermediateResults() throws {
    let comparison = try Comparing.compare(.donahueLSTM, Cells.spelledOutLSTM)
    #expect(comparison.verdict == .equal)
    #expect(comparison.relation?.kinds == [.outlining])
    #expect(comparison.equations.allSatisfy { $0.match == .related })
  }

  @Test func aPartOfALargerSystem() throws {
    let comparison = try Comparing.compare(Cells.plainRNN, Cells.labellingRNN)
    #expect(comparison.verdict == .conditional)
    #expect(comparison.relation?.kinds == [.renaming, .part])
    #expect(comparison.counterpart(of: "h") == "s")
    #expect(comparison.statements.first?.hasPrefix("A part of labelling-rnn (B) equals") == true)
    #expect(comparison.statements.contains("A passes on h_t; B passes on y_t."))
  }

  @Test func expandedInterpolation() throws {
    let gru = Cells.gru(
      "expanded-gru", candidate: #"\tanh(A_n x_t + r_t \odot B_n h_{t-1})"#,
      state: #"h_{t-1} + z_t \odot (n_t - h_{t-1})"#)
    let comparison = try Comparing.compare(.cs224dGRU, gru)
    #expect(comparison.verdict == .equal)
    #expect(comparison.relation?.kinds == [.renaming])
  }

  @Test func signsOfMatrices() throws {
    let negative = Cells.declaration(
      "negative-rnn", [#"h_t = \tanh(U x_t - W h_{t-1} + b)"#])
    let comparison = try Comparing.compare(Cells.plainRNN, negative)
    #expect(comparison.verdict == .equal)
    #expect(comparison.relation?.kinds == [.sign])
    #expect(comparison.parameter("W") == "B.W = -A.W")
    #expect(comparison.parameter("U") == "B.U = A.U")
  }

  @Test func inputTiedToTheStateOnOneSide() throws {
    let tied = Cells.declaration(
      "tied-rnn", [#"h_t = \tanh(W h_{t-1} + U x_t + b)"#, #"y_t = h_t + x_t"#], outputs: ["h"])
    let comparison = try Comparing.compare(Cells.plainRNN, tied)
    #expect(comparison.verdict == .conditional)
    #expect(comparison.relation?.kinds == [.part, .sizes])
  }

  @Test func renamedSoftmaxIsFound() throws {
    let copy = Cells.declaration(
      "softmax-copy", [#"s_t = \tanh(B s_{t-1} + A x_t)"#, #"p_t = \text{softmax}(C s_t)"#],
      outputs: ["p"])
    let comparison = try Comparing.compare(Cells.softmaxRNN, copy)
    #expect(comparison.verdict == .equal)
    #expect(comparison.parameter("V") == "B.C = A.V")
  }

  @Test func anOutputOfTheLastStepIsNotOneOfEveryStep() throws {
    let every = Cells.declaration(
      "labelling-copy", [#"s_t = \sigma(U x_t + W s_{t-1} + b)"#, #"y_t = V s_t + c"#],
      outputs: ["y"])
    let comparison = try Comparing.compare(Cells.classifyingRNN, every)
    #expect(comparison.verdict != .equal)
  }

  @Test func withoutNumbersNoEqualityIsClaimed() throws {
    // A product of eleven sums of two has more terms than the oracle multiplies out.
    let product = Array(repeating: "(x_t + h_{t-1})", count: 11).joined(separator: #" \odot "#)
    let long = Cells.declaration("long-product", [#"h_t = \tanh(\#(product))"#])
    let comparison = try Comparing.compare(long, long)
    #expect(comparison.verdict == .unverified)
    #expect(comparison.relation?.verification.numbers == 0)
    #expect(comparison.relation?.verification.unavailable?.isEmpty == false)
    #expect(comparison.behaviour.unavailable?.isEmpty == false)
  }
}
