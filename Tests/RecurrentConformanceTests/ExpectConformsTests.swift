import RecurrentConformance
import Testing

@Suite("Expectations of conformance")
struct ExpectConformsTests {
  @Test("a right cell fulfils in both arithmetics, and its report says what was checked")
  func right() throws {
    let wide = try expectConforms(DonahueLSTMCell<Double>.self, to: .donahueLSTM)
    let narrow = try expectConforms(DonahueLSTMCell<Float>.self, to: .donahueLSTM)
    #expect(Set(wide.results.map(\.precision)) == [.float64])
    #expect(Set(narrow.results.map(\.precision)) == [.float32])
    #expect(Set(wide.results.map(\.check)) == Set(Check.allCases))
    #expect(wide.results.allSatisfy { $0.verdict == .conforms })
  }

  @Test("a wrong cell gives the test an issue with the report, which names the gate")
  func wrong() throws {
    try withKnownIssue {
      try expectConforms(ExchangedGatesCell.self, to: .donahueLSTM)
    } matching: { issue in
      let text = issue.comments.map(\.rawValue).joined()
      return text.contains("ExchangedGatesCell does not compute donahue-lstm")
        && text.contains("sequence/i, step 0") && issue.error == nil
    }
  }

  @Test("equations of one's own have goldens that are computed")
  func ownEquations() throws {
    let document = Declaration.donahueRNN
    let own = Declaration(
      id: "my-rnn", title: "mine", document: document.document, lines: document.lines,
      notation: document.notation, outputs: document.outputs)
    let report = try expectConforms(DonahueRNNCell<Double>.self, to: own)
    #expect(report.results.allSatisfy { $0.formulation == "my-rnn" })
    try withKnownIssue {
      try expectConforms(DonahueLSTMCell<Double>.self, to: own)
    } matching: {
      $0.comments.map(\.rawValue).joined().contains("does not compute my-rnn")
    }
  }
}

/// An LSTM whose input and forget gates have each other's parameters.
struct ExchangedGatesCell: RecurrentCell {
  private static let exchanged = [
    "W_xi": "W_xf", "W_xf": "W_xi", "W_hi": "W_hf", "W_hf": "W_hi", "b_i": "b_f", "b_f": "b_i",
  ]

  private let cell: DonahueLSTMCell<Double>

  init(_ set: ParameterSet<Double>) throws(CellError) {
    cell = try DonahueLSTMCell(ParameterSet(Self.exchange(set.tensors)))
  }

  func forward(_ batch: SequenceBatch<Double>) throws(CellError) -> SequenceTrace<Double> {
    try cell.forward(batch)
  }

  func backward(
    _ trace: SequenceTrace<Double>, upstream: Upstream<Double>
  ) throws(CellError) -> Gradients<Double> {
    var gradients = try cell.backward(trace, upstream: upstream)
    gradients.parameters = Self.exchange(gradients.parameters)
    return gradients
  }

  private static func exchange(_ tensors: [String: Tensor<Double>]) -> [String: Tensor<Double>] {
    Dictionary(uniqueKeysWithValues: tensors.map { (exchanged[$0] ?? $0, $1) })
  }
}
