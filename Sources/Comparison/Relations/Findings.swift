import Equations

/// What is found about two formulations, before it is put into words.
///
/// It is always found in one order of the two and exchanged where the caller has the other, so that a
/// comparison says the same from both sides.
struct Findings {
  /// Which signals are taken for each other; those of the outlined systems where the relation needs them.
  var map: SignalMap
  /// The gates of A that are one minus their counterparts.
  var complemented: Set<Symbol>
  /// The relation's parameters, or those that stand in the same places.
  var parameters: ParameterMap
  var isOutlined = false
  /// What numbers say about the relation; nil where there is none.
  var outcome: NumericalCheck.Outcome?
  /// A match of the structures that numbers speak against.
  var refuted: NumericalCheck.Outcome?

  init(_ a: Formulation, _ b: Formulation, tied: Bool) {
    if Self.isOrdered(a, b) {
      self.init(ordered: a, b, tied: tied)
    } else {
      self.init(ordered: b, a, tied: tied)
      complemented = Set(complemented.compactMap { map.image[$0] })
      map = map.mirrored(leaving: a.signals)
      parameters = parameters.mirrored
      refuted = refuted?.mirrored
    }
  }

  private static func isOrdered(_ a: Formulation, _ b: Formulation) -> Bool {
    func key(_ formulation: Formulation) -> String {
      EquationSystem(formulation, tied: false).signals
        .map { "\($0.symbol.key)=\($0.polynomial.key)" }.joined(separator: ",")
    }
    return (a.id, key(a)) <= (b.id, key(b))
  }

  private init(ordered a: Formulation, _ b: Formulation, tied: Bool) {
    let (left, right) = (EquationSystem(a, tied: tied), EquationSystem(b, tied: tied))
    let search = RelationshipSearch(a: left, b: right)
    let correspondences = search.correspondences()
    let obstacle = NumericalObstacle.any(in: [a, b])

    var outcome: NumericalCheck.Outcome?
    var refuted: NumericalCheck.Outcome?
    let relationship = search.firstRelationship(among: correspondences) { relationship in
      let numbers = SharedNumbers(
        a: a, b: b, map: relationship.map, complemented: relationship.complemented,
        parameters: relationship.parameters)
      let found =
        obstacle.map { .unavailable($0) } ?? NumericalCheck(numbers).outcome(tied: tied)
      guard case .departs = found else {
        outcome = found
        return true
      }
      refuted = found
      return false
    }
    if let relationship {
      map = relationship.map
      complemented = relationship.complemented
      parameters = relationship.parameters
      isOutlined = relationship.isOutlined
      self.outcome = outcome
    } else {
      let best = correspondences.first
      map = best?.map ?? SignalMap()
      complemented = best?.complemented.filter { best?.map.image[$0] != nil } ?? []
      parameters =
        PartialBinding(
          MergedSystem(left.complementing(complemented)), MergedSystem(right), map: map
        ).parameters
      self.refuted = refuted
    }
  }
}

extension NumericalCheck.Outcome {
  /// The same with A and B exchanged.
  fileprivate var mirrored: NumericalCheck.Outcome {
    if case .departs(let place, let a, let b) = self { return .departs(place: place, a: b, b: a) }
    return self
  }
}
