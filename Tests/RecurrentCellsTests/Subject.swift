import DonahueLSTM
import GRU
import PadhaiLSTM
import RecurrentCells
import Testing

/// A cell under test beside its equations written out once more, in loops.
struct Subject: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let double: any StepwiseCell<Double>.Type
  let float: any StepwiseCell<Float>.Type
  let equations: Equations
  /// The output state: nothing within a step uses it.
  let output: String
  /// The state that a forget gate carries over by itself, with that gate, where there is one.
  let carried: (state: String, gate: String)?
  /// The signals of which the activation's argument has a bias, with the bias.
  let biases: [String: String]
  /// Two parameters of one shape that a wrong gate order would swap.
  let swappable: (String, String)

  static let all: [Subject] = [
    Subject(
      testDescription: "donahue-lstm", double: DonahueLSTMCell<Double>.self,
      float: DonahueLSTMCell<Float>.self, equations: donahueLSTM, output: "h",
      carried: ("c", "f"), biases: ["i": "b_i", "f": "b_f", "o": "b_o", "g": "b_c"],
      swappable: ("W_xi", "W_xf")),
    Subject(
      testDescription: "padhai-lstm",
      double: PadhaiLSTMCell<Double, PadhaiLSTMReading.Canonical>.self,
      float: PadhaiLSTMCell<Float, PadhaiLSTMReading.Canonical>.self,
      equations: padhaiLSTM(.canonical), output: "h",
      carried: ("s", "f"), biases: ["o": "b_o", "i": "b_i", "f": "b_f", "s_tilde": "b"],
      swappable: ("W_o", "W_i")),
    Subject(
      testDescription: "padhai-lstm/linear-write",
      double: PadhaiLSTMCell<Double, PadhaiLSTMReading.LinearWrite>.self,
      float: PadhaiLSTMCell<Float, PadhaiLSTMReading.LinearWrite>.self,
      equations: padhaiLSTM(.linearWrite), output: "h",
      carried: ("s", "f"), biases: ["o": "b_o", "i": "b_i", "f": "b_f", "s_tilde": "b"],
      swappable: ("b_o", "b_f")),
    Subject(
      testDescription: "padhai-lstm/printed-candidate",
      double: PadhaiLSTMCell<Double, PadhaiLSTMReading.PrintedCandidate>.self,
      float: PadhaiLSTMCell<Float, PadhaiLSTMReading.PrintedCandidate>.self,
      equations: padhaiLSTM(.printedCandidate), output: "h",
      carried: ("s", "f"), biases: ["o": "b_o", "i": "b_i", "f": "b_f"],
      swappable: ("U", "U_i")),
    Subject(
      testDescription: "cs224d-gru",
      double: CS224dGRUCell<Double, CS224dGRUReading.Canonical>.self,
      float: CS224dGRUCell<Float, CS224dGRUReading.Canonical>.self,
      equations: cs224dGRU(.canonical), output: "h",
      carried: nil, biases: ["z": "b_z", "r": "b_r"],
      swappable: ("U_z", "U_r")),
    Subject(
      testDescription: "cs224d-gru/reset-before",
      double: CS224dGRUCell<Double, CS224dGRUReading.ResetBefore>.self,
      float: CS224dGRUCell<Float, CS224dGRUReading.ResetBefore>.self,
      equations: cs224dGRU(.resetBefore), output: "h",
      carried: nil, biases: ["z": "b_z", "r": "b_r"],
      swappable: ("W", "W_r")),
    Subject(
      testDescription: "padhai-gru", double: PadhaiGRUCell<Double>.self,
      float: PadhaiGRUCell<Float>.self, equations: padhaiGRU, output: "s",
      carried: nil, biases: ["o": "b_o", "i": "b_i", "s_tilde": "b"],
      swappable: ("U_o", "U_i")),
  ]
}
