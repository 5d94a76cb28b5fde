// Gates whose parameters stand in each other's places: in one role (the matrix on x, that on h, the bias) or in
// all of them.

extension EquationMutants {
  /// The largest group of gates all of whose orders are tried; of a larger one any two are exchanged.
  private static let largestGroup = 4

  /// Adds every exchange of two gates, and every other order of gates that have the same roles.
  mutating func addGateOrders() {
    let places = original.equations.map(\.expression.parameterPlaces)
    for a in places.indices {
      for b in places.indices.dropFirst(a + 1) {
        let shared = places[a].map(\.role).filter { places[b].map(\.role).contains($0) }
        addOrder([a: b, b: a], roles: shared, places)
      }
    }
    var groups: [Set<ParameterRole>: [Int]] = [:]
    for (index, place) in places.enumerated() where !place.isEmpty {
      groups[Set(place.map(\.role)), default: []].append(index)
    }
    for group in groups.values.sorted(by: { $0[0] < $1[0] })
    where (3...Self.largestGroup).contains(group.count) {
      for order in group.permutations where zip(group, order).contains(where: { $0 != $1 }) {
        addOrder(
          Dictionary(uniqueKeysWithValues: zip(group, order)), roles: places[group[0]].map(\.role),
          places)
      }
    }
  }

  /// Adds an order of gates in each role alone and in all of them.
  ///
  /// - Parameter sources: by the position of an equation, the one whose parameters it gets.
  private mutating func addOrder(
    _ sources: [Int: Int], roles: [ParameterRole],
    _ places: [[(role: ParameterRole, unit: ParameterUnit)]]
  ) {
    let moved = sources.filter { $0.key != $0.value }
    let words = moved.sorted { $0.key < $1.key }.map { place, source in
      "\(original.equations[source].signal.name) for \(original.equations[place].signal.name)"
    }.joined(separator: ", ")
    func add(_ roles: [ParameterRole], _ name: String, _ kind: EquationMutant.Kind) {
      var expressions: [Int: Expression] = [:]
      for (place, source) in moved {
        var expression = original.equations[place].expression
        for role in roles {
          guard let old = places[place].first(where: { $0.role == role })?.unit,
            let new = places[source].first(where: { $0.role == role })?.unit
          else { continue }
          expression = expression.replacing(old, by: new)
        }
        expressions[place] = expression
      }
      self.add(kind, "\(name) of \(words)", replacing: expressions)
    }
    for role in roles { add([role], role.name, .gates) }
    if roles.count > 1 { add(roles, "the parameters", .gates) }
  }

  /// Adds every parameter in the place of another gate's, which then serves twice.
  mutating func addSharedParameters() {
    let places = original.equations.map(\.expression.parameterPlaces)
    for (place, own) in places.enumerated() {
      for (source, others) in places.enumerated() where source != place {
        for (role, old) in own {
          guard let new = others.first(where: { $0.role == role })?.unit, new != old else {
            continue
          }
          let kind: EquationMutant.Kind =
            switch role {
            case .addend: .bias
            case .factor: .peephole
            case .matrix: .gates
            }
          add(
            kind, "\(new.text) for \(old.text)",
            replacing: [
              place: original.equations[place].expression.replacing(old, by: new)
            ])
        }
      }
    }
  }
}

extension [Int] {
  /// All orders of the elements.
  fileprivate var permutations: [[Int]] {
    guard count > 1 else { return [self] }
    return indices.flatMap { index -> [[Int]] in
      var rest = self
      let first = rest.remove(at: index)
      return rest.permutations.map { [first] + $0 }
    }
  }
}
