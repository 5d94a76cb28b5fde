/// In which order and in which direction the equations of a system are computed.
///
/// Signals that need each other across steps form a group, which runs forward where they read earlier
/// steps and backward where they read later ones. Groups of one direction that need nothing of another
/// direction in between are one phase: all its steps are computed before the next phase begins.
struct Schedule {
  let phases: [Formulation.Phase]
  /// The equations of the first or the last step alone, computed after all phases.
  let ends: [Int]

  private struct Read {
    let position: Int
    let offset: Int
  }

  /// - Parameter order: the equations in an order of their dependencies within a step.
  init(
    _ equations: [Equation], order: [Int], positions: [Symbol: Int],
    place: (Int) -> (line: Int, text: String?)
  ) throws(EquationError) {
    let reads = equations.map { equation in
      equation.expression.reads.compactMap { read -> Read? in
        guard case .step(let offset) = read.time, let position = positions[read.symbol] else {
          return nil
        }
        return Read(position: position, offset: offset)
      }
    }
    ends = order.filter { equations[$0].time.isAtOneStep }
    let directions = try Self.directions(equations, reads, place: place)

    var phases: [Formulation.Phase] = []
    var phaseOf: [Int: Int] = [:]
    var waiting = order.filter { !equations[$0].time.isAtOneStep }
    var direction = Direction.forward
    let groups = Self.groups(reads)
    while !waiting.isEmpty {
      var current: Set<Int> = []
      func isReady(_ index: Int) -> Bool {
        directions[index] == direction
          && groups[index].allSatisfy { member in
            reads[member].allSatisfy { read in
              if phaseOf[read.position] != nil || groups[index].contains(read.position) {
                return true
              }
              let isBehind = direction == .forward ? read.offset <= 0 : read.offset >= 0
              return current.contains(read.position) && isBehind
            }
          }
      }
      while let next = waiting.first(where: { !current.contains($0) && isReady($0) }) {
        current.formUnion(groups[next])
      }
      if !current.isEmpty {
        for index in current { phaseOf[index] = phases.count }
        phases.append(
          Formulation.Phase(direction: direction, positions: waiting.filter(current.contains)))
        waiting.removeAll(where: current.contains)
      }
      direction = direction == .forward ? .backward : .forward
    }
    self.phases = phases
  }

  /// The equations that need each other across steps, by equation; one that needs none is alone.
  private static func groups(_ reads: [[Read]]) -> [Set<Int>] {
    let reached = reads.indices.map { start -> Set<Int> in
      var reached: Set<Int> = []
      var waiting = reads[start].map(\.position)
      while let next = waiting.popLast() {
        if reached.insert(next).inserted { waiting += reads[next].map(\.position) }
      }
      return reached
    }
    return reads.indices.map { index in
      reached[index].filter { reached[$0].contains(index) }.union([index])
    }
  }

  /// The direction of each equation's group; forward where it needs no other step of itself.
  private static func directions(
    _ equations: [Equation], _ reads: [[Read]], place: (Int) -> (line: Int, text: String?)
  ) throws(EquationError) -> [Direction] {
    var directions: [Direction] = []
    let groups = groups(reads)
    for group in groups {
      func reader(_ isWanted: (Int) -> Bool) -> Int? {
        group.sorted().first { member in
          reads[member].contains { group.contains($0.position) && isWanted($0.offset) }
        }
      }
      let (earlier, later) = (reader { $0 < 0 }, reader { $0 > 0 })
      if earlier != nil, let later {
        throw Definitions.error(
          .cycle,
          "the signals need each other at earlier and at later steps, so that no step comes first: "
            + group.sorted().map { equations[$0].signal.name }.joined(separator: ", "),
          place(later))
      }
      directions.append(later == nil ? .forward : .backward)
    }
    return directions
  }
}
