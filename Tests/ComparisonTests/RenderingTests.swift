import Comparison
import DonahueLSTM
import Equations
import Foundation
import GRU
import PadhaiLSTM
import Testing

@Suite struct RenderingTests {
  @Test func differencesStandOut() throws {
    let lines = try Comparing.compare(.donahueLSTM, .padhaiLSTM).rendered(width: 100)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.contains("donahue-lstm (A) and padhai-lstm (B) differ in 2 of 6 equations."))
    #expect(
      lines.contains(
        "≠ g_t = φ(W_{xc} x_t + W_{hc} h_{t-1} + b_c)    s̃_t = σ(W h_{t-1} + U x_t + b)"))
    #expect(
      lines.contains(
        "  i_t = σ(W_{xi} x_t + W_{hi} h_{t-1} + b_i)    i_t = σ(U_i x_t + W_i h_{t-1} + b_i)"))
    #expect(lines.contains("      tanh in A, σ in B"))
    #expect(lines.count(where: { $0.hasPrefix("≠") }) == 2)
    #expect(lines.contains { $0.hasPrefix("parameters") && $0.contains("4H² + 4HI + 4H  448") })
    #expect(lines.count(where: { $0.hasPrefix("16 ") }) == 1)
  }

  @Test func narrowTerminalsStackTheEquations() throws {
    let comparison = try Comparing.compare(.cs224dGRU, .padhaiGRU)
    let lines = comparison.rendered(width: 60).split(separator: "\n").map(String.init)
    #expect(lines.contains("≠ A  h̃_t = tanh(r_t ⊙ W h_{t-1} + W_{[x]} x_t)"))
    #expect(lines.contains("  B  s̃_t = σ(W (o_t ⊙ s_{t-1}) + U x_t + b)"))
    #expect(lines.prefix { !$0.hasPrefix("Counts") }.allSatisfy { $0.count <= 60 })
  }

  @Test func colorsOnlyWhereAskedFor() throws {
    let comparison = try Comparing.compare(.donahueLSTM, .padhaiLSTM)
    #expect(!comparison.rendered().contains("\u{1B}"))
    let colored = comparison.rendered(color: true)
    #expect(colored.contains("\u{1B}[31m"))
    #expect(
      colored.replacing(/\u{1B}\[[0-9]*m/, with: "") == comparison.rendered())
  }

  @Test func controlCharactersOfAFileStayOut() throws {
    var hostile = Cells.plainRNN
    hostile.id = "rnn\u{1B}[2J"
    hostile.title = "a title\u{07}"
    let text = try Comparing.compare(hostile, Cells.labellingRNN).rendered()
    #expect(
      text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
  }

  @Test func everyPairIsRendered() throws {
    for a in Comparing.printed + Cells.all {
      let comparison = try Comparing.compare(a, .cs224dGRU)
      for width in [Int.min, 0, 40, 200] {
        #expect(comparison.rendered(width: width).contains("Equations"))
      }
    }
  }

  @Test(arguments: [Cells.frameworkGRU, Cells.softmaxRNN, Cells.shuffledLSTM])
  func survivesJSON(_ cell: Declaration) throws {
    let comparison = try Comparing.compare(cell, .cs224dGRU)
    let data = try JSONEncoder().encode(comparison)
    #expect(try JSONDecoder().decode(FormulationComparison.self, from: data) == comparison)
  }
}
