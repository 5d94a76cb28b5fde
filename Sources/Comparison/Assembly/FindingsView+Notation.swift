import Equations

extension FindingsView {
  /// What the equations alone do not show: an input at the first step alone, parameters without a gradient.
  var notationStatements: [String] {
    var statements: [String] = []
    if a.readsFirstInputAlone != b.readsFirstInputAlone {
      let (one, other) = a.readsFirstInputAlone ? ("A", "B") : ("B", "A")
      statements.append(
        "\(one) reads its input at the first step alone, \(other) at every step.")
    }
    for relation in findings.parameters.relations where relation.isCopy {
      let (ofA, ofB) = (relation.a[0].slot, relation.b[0].slot)
      let (isFixedInA, isFixedInB) = (a.isConstant(ofA), b.isConstant(ofB))
      guard isFixedInA != isFixedInB else { continue }
      statements.append(
        isFixedInA
          ? "\(ofA.name) is a constant in A; its counterpart \(ofB.name) in B has a gradient."
          : "\(ofB.name) is a constant in B; its counterpart \(ofA.name) in A has a gradient.")
    }
    return statements
  }
}

extension Formulation {
  /// Whether a slot is of a parameter that has no gradient.
  func isConstant(_ slot: Slot) -> Bool {
    declaration.notation.constants.contains(slot.symbol.name)
  }
}
