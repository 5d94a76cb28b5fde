import Equations

/// Looks for the relationship of two systems, and for the best correspondence where there is none.
struct RelationshipSearch {
  /// A way to take the signals of A for those of B.
  struct Correspondence {
    let map: SignalMap
    /// The gates of A that are taken for one minus their counterparts.
    let complemented: Set<Symbol>
    /// How much of the equations it leaves equal, as a part of them: 1 where they are equal but for parameters.
    let likeness: Double

    /// How many signals keep their names, which decides where nothing else does.
    fileprivate var sameNames: Int { map.image.count(where: { $0.key == $0.value }) }
  }

  private static let mostEffort = 500_000
  /// The same for each way to replace gates.
  private static let mostComplementEffort = 50_000
  /// How many gates are replaced by one minus them at once, and among how many.
  private static let mostComplements = 2
  private static let mostGates = 6
  private static let rounding = 1e-9

  let a: EquationSystem
  let b: EquationSystem

  /// The correspondences as printed, the most alike first; on a par the one that changes fewer gates.
  func correspondences() -> [Correspondence] { correspondences(a, b) }

  private func correspondences(
    _ a: EquationSystem, _ b: EquationSystem
  ) -> [Correspondence] {
    var found: [Correspondence] = []
    for gates in Self.subsets(of: a.gates) {
      let system = a.complementing(gates)
      let size = Double(system.size + b.size)
      // A change of polarity is only worth it where it leaves more equal than the print does.
      let highest = found.map(\.likeness).max() ?? 0
      if highest > 1 - Self.rounding { break }
      let search = SignalSearch(
        MergedSystem(system).system, MergedSystem(b).system, atLeast: highest * size / 2,
        mostEffort: gates.isEmpty ? Self.mostEffort : Self.mostComplementEffort)
      found += search.best.map {
        Correspondence(map: $0, complemented: gates, likeness: 2 * search.value / size)
      }
    }
    return found.enumerated().sorted {
      let (x, y) = ($0, $1)
      if abs(x.element.likeness - y.element.likeness) > Self.rounding {
        return x.element.likeness > y.element.likeness
      }
      return (x.element.complemented.count, -x.element.sameNames, x.offset)
        < (y.element.complemented.count, -y.element.sameNames, y.offset)
    }.map(\.element)
  }

  /// Every relationship that structure allows, the most likely first: as printed, then with the intermediate
  /// results written in another way.
  ///
  /// - Parameter accepted: whether numbers bear it out; the first one that they do ends the search.
  func firstRelationship(
    among printed: [Correspondence], where accepted: (Relationship) -> Bool
  ) -> Relationship? {
    if let found = first(among: printed, a, b, isOutlined: false, where: accepted) { return found }
    guard let a = a.outlined(), let b = b.outlined() else { return nil }
    return first(among: correspondences(a, b), a, b, isOutlined: true, where: accepted)
  }

  private func first(
    among correspondences: [Correspondence], _ a: EquationSystem, _ b: EquationSystem,
    isOutlined: Bool, where accepted: (Relationship) -> Bool
  ) -> Relationship? {
    let b = MergedSystem(b)
    for correspondence in correspondences {
      let a = MergedSystem(a.complementing(correspondence.complemented))
      if let relationship = Relationship(
        a, b, map: correspondence.map, complemented: correspondence.complemented,
        isOutlined: isOutlined), accepted(relationship)
      {
        return relationship
      }
    }
    return nil
  }

  /// No gate, each one, each two.
  private static func subsets(of gates: [Symbol]) -> [Set<Symbol>] {
    var all: [Set<Symbol>] = [[]]
    var last: [Set<Symbol>] = [[]]
    let gates = gates.prefix(mostGates)
    for _ in 0..<mostComplements {
      var next: [Set<Symbol>] = []
      for subset in last {
        for gate in gates where !subset.contains(gate) && !next.contains(subset.union([gate])) {
          next.append(subset.union([gate]))
        }
      }
      all += next
      last = next
    }
    return all
  }
}
