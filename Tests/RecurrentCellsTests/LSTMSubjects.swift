import DonahueLSTM
import GatedLSTM
import GRU
import PadhaiLSTM
import RecurrentCells

extension Subject {
  static let lstmsAndGRUs: [Subject] = [
    Subject(
      testDescription: "donahue-lstm", double: DonahueLSTMCell<Double>.self,
      float: DonahueLSTMCell<Float>.self, equations: Equations(step: donahueLSTM), output: "h",
      carried: ("c", "f"), biases: ["i": "b_i", "f": "b_f", "o": "b_o", "g": "b_c"],
      mistake: .swap("W_xi", "W_xf")),
    Subject(
      testDescription: "padhai-lstm",
      double: PadhaiLSTMCell<Double, PadhaiLSTMReading.Canonical>.self,
      float: PadhaiLSTMCell<Float, PadhaiLSTMReading.Canonical>.self,
      equations: padhaiLSTM(.canonical), output: "h",
      carried: ("s", "f"), biases: ["o": "b_o", "i": "b_i", "f": "b_f", "s_tilde": "b"],
      mistake: .swap("W_o", "W_i")),
    Subject(
      testDescription: "padhai-lstm/linear-write",
      double: PadhaiLSTMCell<Double, PadhaiLSTMReading.LinearWrite>.self,
      float: PadhaiLSTMCell<Float, PadhaiLSTMReading.LinearWrite>.self,
      equations: padhaiLSTM(.linearWrite), output: "h",
      carried: ("s", "f"), biases: ["o": "b_o", "i": "b_i", "f": "b_f", "s_tilde": "b"],
      mistake: .swap("b_o", "b_f")),
    Subject(
      testDescription: "padhai-lstm/printed-candidate",
      double: PadhaiLSTMCell<Double, PadhaiLSTMReading.PrintedCandidate>.self,
      float: PadhaiLSTMCell<Float, PadhaiLSTMReading.PrintedCandidate>.self,
      equations: padhaiLSTM(.printedCandidate), output: "h",
      carried: ("s", "f"), biases: ["o": "b_o", "i": "b_i", "f": "b_f"],
      mistake: .swap("U", "U_i")),
    Subject(
      testDescription: "knight-lstm", double: KnightLSTMCell<Double>.self,
      float: KnightLSTMCell<Float>.self, equations: Equations(step: knightLSTM), output: "h",
      carried: ("c", "f"), mistake: .swapGates(of: "W", gates: 4)),
    Subject(
      testDescription: "cs224d-lstm", double: CS224dLSTMCell<Double>.self,
      float: CS224dLSTMCell<Float>.self, equations: Equations(step: cs224dLSTM), output: "h",
      carried: ("C", "f"), biases: ["f": "b_f", "i": "b_i", "o": "b_o"],
      mistake: .swap("W", "W_f")),
    Subject(
      testDescription: "cs224d-gru",
      double: CS224dGRUCell<Double, CS224dGRUReading.Canonical>.self,
      float: CS224dGRUCell<Float, CS224dGRUReading.Canonical>.self,
      equations: cs224dGRU(.canonical), output: "h",
      carried: nil, biases: ["z": "b_z", "r": "b_r"],
      mistake: .swap("U_z", "U_r")),
    Subject(
      testDescription: "cs224d-gru/reset-before",
      double: CS224dGRUCell<Double, CS224dGRUReading.ResetBefore>.self,
      float: CS224dGRUCell<Float, CS224dGRUReading.ResetBefore>.self,
      equations: cs224dGRU(.resetBefore), output: "h",
      carried: nil, biases: ["z": "b_z", "r": "b_r"],
      mistake: .swap("W", "W_r")),
    Subject(
      testDescription: "padhai-gru", double: PadhaiGRUCell<Double>.self,
      float: PadhaiGRUCell<Float>.self, equations: Equations(step: padhaiGRU), output: "s",
      carried: nil, biases: ["o": "b_o", "i": "b_i", "s_tilde": "b"],
      mistake: .swap("U_o", "U_i")),
  ]
}
