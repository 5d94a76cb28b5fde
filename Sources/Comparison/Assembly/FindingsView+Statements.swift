import Equations

extension FindingsView {
  /// The steps from the one to the other.
  var kinds: [FormulationComparison.Relation.Kind] {
    let relations = findings.parameters.relations
    let renames =
      a.input != b.input || pairs.contains { $0.a != $0.b }
      || relations.contains { $0.isCopy && $0.a[0].slot != $0.b[0].slot }
    let steps: [(FormulationComparison.Relation.Kind, Bool)] = [
      (.renaming, renames),
      (.polarity, !findings.complemented.isEmpty),
      (.sign, findings.complemented.isEmpty && relations.contains(where: \.isNegation)),
      (.sum, relations.contains { $0.isSum && !$0.isFixed }),
      (.fixed, relations.contains(where: \.isFixed)),
      (.part, hasPart),
      (.outlining, findings.isOutlined),
      (.sizes, a.tiesInputToHidden != b.tiesInputToHidden),
    ]
    return steps.filter(\.1).map(\.0)
  }

  /// Whether the relation holds under conditions alone.
  var hasConditions: Bool { kinds.contains { [.fixed, .part, .sizes].contains($0) } }

  /// Whether one side has a signal besides that the relation does not cover.
  private var hasPart: Bool { !besidesA.isEmpty || !besidesB.isEmpty }

  /// Of the outlined systems, states and outputs alone are sure to be a part of their own.
  private var besidesA: [Symbol] {
    unmatchedA.filter {
      !findings.isOutlined || a.states.contains($0) || a.outputs.contains($0)
    }
  }
  private var besidesB: [Symbol] {
    unmatchedB.filter {
      !findings.isOutlined || b.states.contains($0) || b.outputs.contains($0)
    }
  }

  /// The verdict and its conditions in sentences.
  func statements(of comparison: FormulationComparison) -> [String] {
    guard let relation = comparison.relation else { return differenceStatements(comparison) }
    var statements = [headline(relation, comparison.verdict)]
    for (gate, other) in pairs where findings.complemented.contains(gate) {
      statements.append(
        "\(gate.text) of A is one minus \(other.text) of B: the parameters inside that gate"
          + " change their sign, since 1 - σ(a) = σ(-a).")
    }
    let relations = findings.parameters.relations
    let sums = relations.filter { $0.isSum && !$0.isFixed }.map(\.text)
    if !sums.isEmpty {
      statements.append("Only the sum counts: \(sums.joined(separator: ", ")).")
    }
    if relation.kinds.contains(.sign) {
      let signs = relations.filter(\.isNegation).map(\.text)
      statements.append("Signs differ: \(signs.joined(separator: ", ")).")
    }
    if relation.kinds.contains(.outlining) {
      statements.append("The two name different intermediate results.")
    }
    for (besides, side) in [(besidesA, "A"), (besidesB, "B")] where !besides.isEmpty {
      let names = besides.map(\.text).joined(separator: ", ")
      statements.append("\(side) computes \(names) besides, which the other does not.")
    }
    if relation.kinds.contains(.sizes) {
      statements.append("It holds for I = H, which one of the two needs.")
    }
    statements += notationStatements + outputStatement
    statements.append(verificationStatement(relation.verification))
    return statements
  }

  private func headline(
    _ relation: FormulationComparison.Relation, _ verdict: FormulationComparison.Verdict
  ) -> String {
    let way = relation.kinds.contains(.renaming) ? "under a renaming" : "in the same letters"
    let fixed = findings.parameters.relations.filter(\.isFixed)
    let condition =
      fixed.isEmpty ? "" : " where \(fixed.map(\.text).joined(separator: ", "))"
    switch verdict {
    case .equal, .conditional:
      // The one that has more comes first: the other is a case or a part of it.
      if !besidesB.isEmpty {
        return "A part of \(b.id) (B) equals \(a.id) (A) \(way)\(condition)."
      }
      if !besidesA.isEmpty {
        return "A part of \(a.id) (A) equals \(b.id) (B) \(way)\(condition)."
      }
      if !fixed.isEmpty, fixed.allSatisfy(\.a.isEmpty) {
        return "\(b.id) (B) equals \(a.id) (A) \(way)\(condition)."
      }
      return "\(a.id) (A) equals \(b.id) (B) \(way)\(condition)."
    case .unverified, .different:
      return "\(a.id) (A) and \(b.id) (B) have matching equations \(way)\(condition);"
        + " no equality is claimed."
    }
  }

  private func differenceStatements(_ comparison: FormulationComparison) -> [String] {
    let differing = comparison.equations.count(where: { $0.match == .different })
    var statements = [
      "\(a.id) (A) and \(b.id) (B) differ in \(differing) of \(comparison.equations.count)"
        + " equations."
    ]
    if differing == 0 {
      statements = [
        "\(a.id) (A) and \(b.id) (B) match equation by equation, and no relation of the whole was"
          + " found."
      ]
    }
    if pairs.isEmpty {
      statements.append("No signal of A can correspond to one of B: their roles or sizes differ.")
    }
    for (gate, other) in pairs where findings.complemented.contains(gate) {
      statements.append("\(gate.text) of A is taken for one minus \(other.text) of B.")
    }
    if case .departs(let place, let x, let y)? = findings.refuted {
      statements.append(
        "A match of the structures was refuted by numbers: \(place) is \(x) in A and \(y) in B.")
    }
    return statements + leakStatements + notationStatements + outputStatement
  }

  private var outputStatement: [String] {
    let expected = Set(a.outputs.compactMap { s in pairs.first { $0.a == s }?.b })
    guard expected.count != a.outputs.count || expected != Set(b.outputs) else { return [] }
    func list(_ symbols: [Symbol]) -> String {
      symbols.isEmpty ? "nothing" : symbols.map(\.text).joined(separator: ", ")
    }
    return ["A passes on \(list(a.outputs)); B passes on \(list(b.outputs))."]
  }

  private func verificationStatement(
    _ verification: FormulationComparison.Verification
  ) -> String {
    if let reason = verification.unavailable { return "Not verified by numbers: \(reason)." }
    return "Verified: \(verification.numbers) exact values and gradients of \(verification.cases)"
      + " seeded cases agree."
  }
}
