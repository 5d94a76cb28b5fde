import DonahueLSTM
import GRU
import PadhaiLSTM
import RecurrentCells
import Testing

/// A right cell under its formulation's name.
struct Subject: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let cell: any StepwiseCell<Double>.Type

  static let all: [Subject] = [
    Subject(testDescription: "donahue-lstm", cell: DonahueLSTMCell<Double>.self),
    Subject(
      testDescription: "padhai-lstm",
      cell: PadhaiLSTMCell<Double, PadhaiLSTMReading.Canonical>.self),
    Subject(
      testDescription: "padhai-lstm/linear-write",
      cell: PadhaiLSTMCell<Double, PadhaiLSTMReading.LinearWrite>.self),
    Subject(
      testDescription: "padhai-lstm/printed-candidate",
      cell: PadhaiLSTMCell<Double, PadhaiLSTMReading.PrintedCandidate>.self),
    Subject(
      testDescription: "cs224d-gru",
      cell: CS224dGRUCell<Double, CS224dGRUReading.Canonical>.self),
    Subject(
      testDescription: "cs224d-gru/reset-before",
      cell: CS224dGRUCell<Double, CS224dGRUReading.ResetBefore>.self),
    Subject(testDescription: "padhai-gru", cell: PadhaiGRUCell<Double>.self),
  ]
}
