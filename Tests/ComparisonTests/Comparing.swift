import Comparison
import DonahueLSTM
import Equations
import GRU
import PadhaiLSTM
import Testing

/// Shorthands of the tests.
enum Comparing {
  /// The formulations of the documents.
  static let printed: [Declaration] = [
    .donahueLSTM, .padhaiLSTM, .padhaiLSTMLinearWrite, .padhaiLSTMPrintedCandidate, .cs224dGRU,
    .cs224dGRUResetBefore, .padhaiGRU,
  ]

  static func compare(_ a: Declaration, _ b: Declaration) throws -> FormulationComparison {
    FormulationComparison(try Formulation(a), try Formulation(b))
  }
}

extension FormulationComparison {
  /// What a signal of A is taken for, the polarity with it.
  func counterpart(of a: String) -> String? {
    signals.first { $0.a == a }.flatMap { pair in
      pair.b.map { pair.isComplement ? "1 - \($0)" : $0 }
    }
  }

  /// How a parameter of A is found in B.
  func parameter(_ a: String) -> String? { parameters.first { $0.a == a }?.equation }
}
