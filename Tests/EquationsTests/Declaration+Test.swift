import Equations

extension Declaration {
  /// A declaration of some lines, σ and f declared, for what a test is about.
  static func of(
    _ lines: [String], notation: Notation = Notation(functions: ["sigma": .logistic, "f": .tanh]),
    corrections: [Correction] = [], outputs: [String] = []
  ) -> Declaration {
    Declaration(
      id: "subject", title: "subject", document: Document(key: "test", title: "test"),
      lines: lines, notation: notation, corrections: corrections, outputs: outputs)
  }

  /// The same system with its own print in place of the document's.
  func reprinted(_ equations: [Equation], _ print: (Equation) -> String) throws -> Declaration {
    var printed = self
    printed.corrections = []
    printed.lines = equations.map(print)
    printed.notation.timeIndex = "t"
    printed.notation.unitIndex = nil
    printed.notation.abbreviations = [:]
    printed.notation.vectors.formUnion(
      try Formulation(self).parameters.filter { $0.shape.columns == nil }.map(\.name))
    return printed
  }
}
