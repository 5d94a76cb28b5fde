import Comparison
import DonahueLSTM
import Equations
import GRU
import PadhaiLSTM
import Testing

@Suite struct CorrespondenceTests {
  @Test func lstmsOfTwoDocumentsDifferInTwoActivations() throws {
    let comparison = try Comparing.compare(.donahueLSTM, .padhaiLSTM)
    #expect(comparison.verdict == .different)
    for (a, b) in [
      ("x", "x"), ("i", "i"), ("f", "f"), ("o", "o"), ("g", "s_tilde"), ("c", "s"), ("h", "h"),
    ] {
      #expect(comparison.counterpart(of: a) == b)
    }
    for (a, b) in [("W_xi", "U_i"), ("W_hf", "W_f"), ("b_o", "b_o"), ("W_xc", "U"), ("W_hc", "W")] {
      #expect(comparison.parameter(a) == "B.\(b) = A.\(a)")
    }
    let differing = comparison.equations.filter { $0.match == .different }
    #expect(differing.count == 2)
    #expect(differing.allSatisfy { $0.differences.map(\.text) == ["tanh in A, σ in B"] })
    #expect(differing.map { $0.a?.first } == ["g", "h"])
  }

  @Test func grusOfTwoDocumentsDifferInTheCandidate() throws {
    let comparison = try Comparing.compare(.cs224dGRU, .padhaiGRU)
    #expect(comparison.verdict == .different)
    for (a, b) in [("h", "s"), ("h_tilde", "s_tilde"), ("z", "i"), ("r", "o")] {
      #expect(comparison.counterpart(of: a) == b)
    }
    let differing = comparison.equations.filter { $0.match == .different }
    #expect(differing.count == 1)
    #expect(Set(differing[0].differences.map(\.kind)) == [.activation, .placement, .bias])
    #expect(comparison.parameters.first { $0.b == "b" }?.a == nil)
  }

  @Test func resetPlacementIsTold() throws {
    let comparison = try Comparing.compare(.cs224dGRU, .cs224dGRUResetBefore)
    #expect(comparison.verdict == .different)
    let differing = comparison.equations.filter { $0.match == .different }
    let differences = differing.flatMap(\.differences)
    #expect(differences.map(\.kind) == [.placement])
    #expect(differences.map(\.text) == ["r_t ⊙ W h_{t-1} in A, W (r_t ⊙ h_{t-1}) in B"])
    #expect(comparison.parameters.allSatisfy { $0.a == $0.b })
  }

  @Test func candidateBehindTheMatrixIsTold() throws {
    let comparison = try Comparing.compare(.padhaiLSTM, .padhaiLSTMPrintedCandidate)
    #expect(comparison.verdict == .different)
    #expect(comparison.equations.flatMap(\.differences).map(\.kind) == [.candidate])
    #expect(comparison.parameters.allSatisfy { $0.a == $0.b })
  }

  @Test func missingFunctionIsTold() throws {
    let comparison = try Comparing.compare(.padhaiLSTM, .padhaiLSTMLinearWrite)
    let differences = comparison.equations.flatMap(\.differences)
    #expect(differences.map(\.kind) == [.factor])
    #expect(differences.map(\.text) == ["σ(s_t) in A stands for s_t in B"])
  }

  @Test func polarityAndSumsAreSeenThroughOtherDifferences() throws {
    let comparison = try Comparing.compare(Cells.frameworkGRU, .cs224dGRUResetBefore)
    #expect(comparison.verdict == .different)
    #expect(comparison.counterpart(of: "z") == "1 - z")
    #expect(comparison.parameter("W_hz") == "B.W_z = -A.W_hz")
    #expect(comparison.parameter("b_hr + b_ir") == "B.b_r = A.b_hr + A.b_ir")
    let differing = comparison.equations.filter { $0.match == .different }
    #expect(differing.count == 1)
    #expect(Set(differing[0].differences.map(\.kind)) == [.placement, .term, .bias])
  }

  @Test func cellsOfOtherKindsStillCorrespondInPart() throws {
    let comparison = try Comparing.compare(.donahueLSTM, .cs224dGRU)
    #expect(comparison.verdict == .different)
    #expect(comparison.counterpart(of: "h") == "h")
    #expect(comparison.signals.count(where: { $0.b == nil }) == 2)
    #expect(comparison.equations.count(where: { $0.b == nil && $0.match == .different }) == 2)
  }

  @Test func sizesThatCannotMatchAreReported() throws {
    let comparison = try Comparing.compare(Cells.memoryless, Cells.plainRNN)
    #expect(comparison.verdict == .different)
    #expect(comparison.signals.map(\.role) == ["input", "output", "state, output"])
    #expect(comparison.statements.contains { $0.contains("No signal of A") })
    #expect(comparison.behaviour.unavailable != nil)
  }
}
