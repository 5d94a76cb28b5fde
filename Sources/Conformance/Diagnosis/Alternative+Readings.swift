import Equations
import Oracle

extension Alternative {
  /// The built-in formulations that can answer another one's cases: parameters, states and the input have the
  /// same names and shapes.
  ///
  /// - Throws: `EquationError` where a declaration cannot be read.
  static func readings(of formulation: Formulation) throws(EquationError) -> [Alternative] {
    var found: [Alternative] = []
    for entry in Catalogue.entries where entry.declaration.id != formulation.id {
      let other = try Formulation(entry.declaration)
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
        axis(of: $0) == other.axis(of: $0) && isAtLastStepAlone($0) == other.isAtLastStepAlone($0)
      }
  }
}
