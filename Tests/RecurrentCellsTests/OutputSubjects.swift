import PadhaiLSTM
import RecurrentCells

extension Subject {
  static let lstmsWithOutput: [Subject] = [
    padhaiLSTM(PadhaiLSTMReading.Canonical.self, SoftmaxOutput.self, .softmax),
    padhaiLSTM(PadhaiLSTMReading.Canonical.self, LogisticOutput.self, .logistic),
    padhaiLSTM(PadhaiLSTMReading.Canonical.self, IdentityOutput.self, .identity),
    padhaiLSTM(PadhaiLSTMReading.LinearWrite.self, SoftmaxOutput.self, .softmax),
    padhaiLSTM(PadhaiLSTMReading.PrintedCandidate.self, SoftmaxOutput.self, .softmax),
  ]

  private static func padhaiLSTM<Reading: PadhaiLSTMReadingType, O: OutputFunction>(
    _: Reading.Type, _: O.Type, _ output: Output
  ) -> Subject {
    let inner = RecurrentCellsTests.padhaiLSTM(Reading.reading)
    return Subject(
      testDescription: "padhai-lstm-output/\(Reading.reading.rawValue), \(output)",
      double: PadhaiLSTMOutputCell<Double, Reading, O>.self,
      float: PadhaiLSTMOutputCell<Float, Reading, O>.self,
      equations: Equations { p, x, last in
        var now = inner.step(p, x, last)
        now["y_hat"] = output(p.layer("V", now["h"] ?? [], "c"), p)
        return now
      },
      biases: ["o": "b_o", "i": "b_i", "f": "b_f"]
        .merging(output == .logistic ? ["y_hat": "c"] : [:]) { $1 },
      plainOutputs: output == .logistic ? [] : ["y_hat"], exactAtRest: false,
      mistake: .swap("W_o", "W_i"))
  }
}
