import Equations

/// What was found, as lists of corresponding things in A's order.
struct FindingsView {
  let a: Formulation
  let b: Formulation
  let findings: Findings
  let tied: Bool
  private let left: EquationSystem
  private let right: EquationSystem

  init(_ a: Formulation, _ b: Formulation, _ findings: Findings, tied: Bool) {
    self.a = a
    self.b = b
    self.findings = findings
    self.tied = tied
    left = EquationSystem(a, tied: tied)
    right = EquationSystem(b, tied: tied)
  }

  /// The printed signals that correspond, in A's order.
  var pairs: [(a: Symbol, b: Symbol)] {
    a.signals.compactMap { s in
      findings.map.image[s].flatMap { b.signals.contains($0) ? (s, $0) : nil }
    }
  }

  /// The printed signals of A without a counterpart.
  var unmatchedA: [Symbol] {
    a.signals.filter { s in !pairs.contains { $0.a == s } }
  }

  /// The printed signals of B without a counterpart.
  var unmatchedB: [Symbol] {
    b.signals.filter { s in !pairs.contains { $0.b == s } }
  }

  // MARK: Signals

  var signals: [FormulationComparison.SignalPair] {
    var list = [
      FormulationComparison.SignalPair(
        a: a.input.name, b: b.input.name, role: "input",
        shape: "[\(a.axis(of: a.input).letter)]", isComplement: false)
    ]
    list += pairs.map { s, u in
      .init(
        a: s.name, b: u.name, role: role(s, in: a), shape: "[\(a.axis(of: s).letter)]",
        isComplement: findings.complemented.contains(s))
    }
    list += unmatchedA.map {
      .init(
        a: $0.name, b: nil, role: role($0, in: a), shape: "[\(a.axis(of: $0).letter)]",
        isComplement: false)
    }
    list += unmatchedB.map {
      .init(
        a: nil, b: $0.name, role: role($0, in: b), shape: "[\(b.axis(of: $0).letter)]",
        isComplement: false)
    }
    return list
  }

  private func role(_ signal: Symbol, in formulation: Formulation) -> String {
    let roles = [
      formulation.states.contains(signal) ? "state" : nil,
      formulation.outputs.contains(signal) ? "output" : nil,
    ].compactMap { $0 }
    return roles.isEmpty ? "intermediate" : roles.joined(separator: ", ")
  }

  // MARK: Parameters

  var parameters: [FormulationComparison.ParameterPair] {
    func side(_ slots: [SignedSlot]) -> String? {
      slots.isEmpty ? nil : slots.map(\.slot.name).joined(separator: " + ")
    }
    let relations = findings.parameters.relations
    let (slotsA, slotsB) = (a.slots, b.slots)
    let ranked = relations.sorted { x, y in
      func rank(_ relation: ParameterMap.Relation) -> (Int, Int) {
        (
          relation.a.first.flatMap { slotsA.firstIndex(of: $0.slot) } ?? slotsA.count,
          relation.b.first.flatMap { slotsB.firstIndex(of: $0.slot) } ?? slotsB.count
        )
      }
      return rank(x) < rank(y)
    }
    var list = ranked.map { relation in
      FormulationComparison.ParameterPair(
        a: side(relation.a), b: side(relation.b),
        shape: shape(relation.a.first?.slot, in: left) ?? shape(relation.b.first?.slot, in: right)
          ?? "", equation: relation.text)
    }
    let usedA = Set(relations.flatMap(\.a).map(\.slot))
    let usedB = Set(relations.flatMap(\.b).map(\.slot))
    list += slotsA.filter { !usedA.contains($0) }.map {
      .init(a: $0.name, b: nil, shape: shape($0, in: left) ?? "", equation: nil)
    }
    list += slotsB.filter { !usedB.contains($0) }.map {
      .init(a: nil, b: $0.name, shape: shape($0, in: right) ?? "", equation: nil)
    }
    return list
  }

  private func shape(_ slot: Slot?, in system: EquationSystem) -> String? {
    slot.flatMap { system.shapes[$0]?.description }
  }

  // MARK: Equations

  var equations: [FormulationComparison.EquationPair] {
    let copied = findings.parameters.binding(\.isCopy)
    let bound = findings.parameters.binding { !$0.isFixed }
    let complemented = findings.complemented
    let map = findings.map.restricted(to: pairs, of: a.signals)
    let (mergedA, mergedB) = (
      MergedSystem(left.complementing(complemented)).system, MergedSystem(right).system
    )
    var plain = Unifier(left, right, map: map)
    var related = Unifier(mergedA, mergedB, map: map)

    var list = pairs.compactMap { s, u -> FormulationComparison.EquationPair? in
      guard let p = left[s]?.polynomial, let q = right[u]?.polynomial,
        let x = mergedA[s]?.polynomial, let y = mergedB[u]?.polynomial
      else { return nil }
      var pair = FormulationComparison.EquationPair(
        a: a.text(of: s), b: b.text(of: u), match: .same, differences: [])
      let readsGate = p.reads.first { complemented.contains($0) }
      if readsGate == nil, !complemented.contains(s),
        plain.unify([(p, q)], from: copied)?.needsNoSign == true
      {
        return pair
      }
      let isRelated = findings.outcome != nil || related.unify([(x, y)], from: bound) != nil
      pair.match = isRelated ? .related : .different
      if findings.isOutlined { return pair }
      pair.differences =
        sums(in: Set(p.slots), Set(q.slots))
        + Differences.between(x, y, mergedA, mergedB, map: map, complemented: complemented)
      if let gate = complemented.contains(s) ? s : readsGate, let other = map.image[gate] {
        pair.differences.append(
          .init(
            kind: .polarity,
            text: "\(gate.text) of A is one minus \(other.text) of B"))
      }
      if !isRelated, !pair.differences.contains(where: { ![.polarity, .sum].contains($0.kind) }) {
        pair.differences.append(
          .init(kind: .sharing, text: "the same form, with parameters shared otherwise"))
      }
      return pair
    }
    // Of a relation, what is left over is a part besides, or a result that the other does not name.
    list += unmatchedA.map {
      .init(a: a.text(of: $0), b: nil, match: leftOver, differences: [])
    }
    list += unmatchedB.map {
      .init(a: nil, b: b.text(of: $0), match: leftOver, differences: [])
    }
    return list
  }

  /// The sums that stand for one parameter in an equation.
  private func sums(
    in slotsA: Set<Slot>, _ slotsB: Set<Slot>
  ) -> [FormulationComparison.Difference] {
    findings.parameters.relations.filter { relation in
      relation.isSum && !relation.isFixed
        && relation.a.allSatisfy { slotsA.contains($0.slot) }
        && relation.b.allSatisfy { slotsB.contains($0.slot) }
    }.map { .init(kind: .sum, text: "only the sum counts: \($0.text)") }
  }

  private var leftOver: FormulationComparison.EquationPair.Match {
    findings.isOutlined ? .related : .different
  }
}

extension ParameterMap {
  /// Some of the relations as a binding; a sum by the slot that is left of it when it is merged.
  fileprivate func binding(_ isIncluded: (Relation) -> Bool) -> Binding {
    var binding = Binding()
    for relation in relations where isIncluded(relation) {
      if let a = relation.a.first, let b = relation.b.first {
        _ = binding.bind(a.slot, to: b.slot)
      }
    }
    return binding
  }
}

extension SignalMap {
  /// The map of the printed signals alone.
  fileprivate func restricted(
    to pairs: [(a: Symbol, b: Symbol)], of signals: [Symbol]
  ) -> SignalMap {
    var map = SignalMap()
    for (a, b) in pairs { map.match(a, with: b) }
    for signal in signals where map.image[signal] == nil { map.leaveUnmatched(signal) }
    return map
  }
}

extension Symbol {
  /// The symbol at step t in plain text.
  var text: String { Expression.signal(self, .step(0)).text }
}

extension Formulation {
  /// The slots in the order of their parameters and blocks.
  fileprivate var slots: [Slot] {
    var found: Set<Slot> = []
    for equation in equations {
      equation.expression.forEach {
        switch $0 {
        case .vector(let symbol): found.insert(Slot(symbol))
        case .product(let matrix, _): found.insert(Slot(matrix))
        default: break
        }
      }
    }
    func rank(_ slot: Slot) -> (Int, Int, Int) {
      (
        parameters.firstIndex { $0.symbol == slot.symbol } ?? parameters.count,
        slot.rows?.index ?? 0, slot.columns?.index ?? 0
      )
    }
    return found.sorted { rank($0) < rank($1) }
  }

  fileprivate func text(of signal: Symbol) -> String? {
    equations.first { $0.signal == signal }?.text
  }
}
