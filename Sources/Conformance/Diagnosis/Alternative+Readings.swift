import Equations
import Oracle

extension Alternative {
  /// The built-in formulations that can answer another one's cases: parameters, states and the input have the
  /// same names and shapes.
  ///
  /// - Throws: `EquationError` where a declaration cannot be read.
  static func readings(of formulation: Formulation) throws(EquationError) -> [Alternative] {
    var found: [Alternative] = []
    let others =
      try Catalogue.entries.map { entry throws(EquationError) in try entry.formulation() }
      + Catalogue.frameworks.map { declaration throws(EquationError) in
        try Formulation(declaration)
      }
    for other in others where other.id != formulation.id {
      guard other.canAnswer(for: formulation) else { continue }
      found.append(Alternative(.reading, other.id, nil, try Reference(other)))
    }
    return found
  }
}

extension Formulation {
  /// Whether every case of another formulation is one of this one too.
  fileprivate func canAnswer(for other: Formulation) -> Bool {
    Set(parameters) == Set(other.parameters) && Set(states) == Set(other.states)
      && input == other.input && axis(of: input) == other.axis(of: input)
      && states.allSatisfy { axis(of: $0) == other.axis(of: $0) }
      && Set(other.outputs).isSubset(of: Set(signals))
      && other.outputs.allSatisfy {
        axis(of: $0) == other.axis(of: $0) && isAtOneStepAlone($0) == other.isAtOneStepAlone($0)
      }
  }
}
