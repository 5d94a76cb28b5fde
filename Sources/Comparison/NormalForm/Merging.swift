import Equations

/// A system in which parameters that only ever stand in a sum with each other are one.
///
/// `b_ih + b_hh` is one bias, and so is `W_1 h + W_2 h` one matrix, as long as none of them is used elsewhere.
struct MergedSystem: Sendable {
  let system: EquationSystem
  /// What the slot that is left stands for, itself first.
  let groups: [Slot: [SignedSlot]]

  func group(of slot: Slot) -> [SignedSlot] { groups[slot] ?? [SignedSlot(slot)] }

  init(_ system: EquationSystem) {
    var uses: [Slot: Uses] = [:]
    var order: [Slot] = []
    var seen: Set<String> = []
    for signal in system.signals {
      signal.polynomial.forEachPolynomial { polynomial in
        guard seen.insert(polynomial.key).inserted else { return }
        for term in polynomial.terms {
          for slot in Set(term.monomial.linearSlots) {
            if uses[slot] == nil { order.append(slot) }
            uses[slot, default: Uses()].add(term, of: slot, in: polynomial)
          }
        }
      }
    }
    order.sort { $0.key < $1.key }

    var groups: [Slot: [SignedSlot]] = [:]
    var left: [Slot] = []
    var merged: Set<Slot> = []
    for slot in order {
      let known = left.lazy.compactMap { candidate -> (Slot, Bool)? in
        guard system.shapes[candidate] == system.shapes[slot], let a = uses[candidate],
          let b = uses[slot], let isNegative = a.sign(to: b)
        else { return nil }
        return (candidate, isNegative)
      }.first
      if let (representative, isNegative) = known {
        groups[representative, default: [SignedSlot(representative)]]
          .append(SignedSlot(slot, isNegative: isNegative))
        merged.insert(slot)
      } else {
        left.append(slot)
      }
    }
    self.groups = groups
    self.system = system.zeroing(merged)
  }
}

/// Where a slot stands: the terms that hold it, itself left out, by the sum that they are part of.
private struct Uses {
  private var places: [String: Int] = [:]
  private var isLinear = true

  mutating func add(_ term: Polynomial.Term, of slot: Slot, in sum: Polynomial) {
    isLinear = isLinear && term.monomial.linearSlots.count(where: { $0 == slot }) == 1
    places["\(sum.key) \(term.monomial.key(without: slot))"] = term.coefficient
  }

  /// Whether another slot stands in the same places with the opposite sign; nil where it does not.
  func sign(to other: Uses) -> Bool? {
    guard isLinear, other.isLinear else { return nil }
    if places == other.places { return false }
    return places == other.places.mapValues { -$0 } ? true : nil
  }
}

extension Monomial {
  fileprivate func key(without slot: Slot) -> String {
    factors.map {
      switch $0 {
      case .vector(slot): "v"
      case .product(let matrix, let isTransposed, let inner):
        "m\(matrix == slot ? "" : matrix.key)\(isTransposed ? "^T" : "")(\(inner.key(without: slot)))"
      default: $0.key
      }
    }.sorted().joined(separator: ".")
  }
}
