import Equations

/// Finds the ways to take the signals of A for signals of B that leave the most of the equations equal.
///
/// Branch and bound: states to states, the rest to the rest, in equal sizes. What an equation can have in
/// common at most is known before the signals that it reads are decided.
struct SignalSearch {
  private(set) var best: [SignalMap] = []
  private(set) var value = 0.0

  private var similarity: Similarity
  private let a: EquationSystem
  private let b: EquationSystem
  private let order: [Int]
  private let reads: [[Int]]
  private var known: [Key: Double] = [:]
  private var potential: [Double] = []
  /// The sizes of all pairs of equations that were compared, and how much of it is tried.
  private var effort = 0
  private let mostEffort: Int
  private static let mostMaps = 32
  private static let rounding = 1e-9

  private struct Key: Hashable {
    let a: Int
    let b: Int
    let images: [Int]
  }

  private enum Decision {
    static let open = -1
    static let none = -2
  }
  private var decisions: [Int]

  /// Searches.
  ///
  /// - Parameters:
  ///   - least: what a map must reach to be looked at; where it is 0, one is always found.
  ///   - mostEffort: when to leave it at what was found.
  init(_ a: EquationSystem, _ b: EquationSystem, atLeast least: Double = 0, mostEffort: Int) {
    self.a = a
    self.b = b
    self.mostEffort = mostEffort
    similarity = Similarity(a: a, b: b)
    decisions = a.signals.map { _ in Decision.open }
    let isFirst = a.signals.map { $0.isOutput || $0.isState }
    order =
      a.signals.indices.filter { isFirst[$0] }.reversed()
      + a.signals.indices.filter { !isFirst[$0] }
    reads = a.signals.map { signal in
      signal.polynomial.reads.compactMap { read in a.signals.firstIndex { $0.symbol == read } }
    }
    value = least
    potential = a.signals.indices.map { index in
      b.signals.indices.reduce(0) { max($0, common(index, $1)) }
    }
    if potential.reduce(0, +) >= least - Self.rounding { visit(0) }
  }

  private mutating func visit(_ depth: Int) {
    guard effort <= mostEffort || (best.isEmpty && value == 0) else { return }
    guard depth < order.count else {
      record()
      return
    }
    let index = order[depth]
    let symbol = a.signals[index].symbol
    let options = b.signals.indices.filter {
      a.signals[index].fits(b.signals[$0])
        && similarity.map.preimage[b.signals[$0].symbol] == nil
    }
    // By name where nothing else decides, so that a cell is taken for itself letter by letter.
    let ranked = options.map { (index: $0, value: common(index, $0)) }.sorted {
      let names = ($0, $1)
      let same = [names.0, names.1].map { b.signals[$0.index].symbol == symbol ? 0 : 1 }
      return (-$0.value, same[0], $0.index) < (-$1.value, same[1], $1.index)
    }
    for option in ranked {
      decisions[index] = option.index
      similarity.map.match(symbol, with: b.signals[option.index].symbol)
      descend(depth)
      similarity.map.undo(symbol)
    }
    if mayLackCounterpart(index) {
      decisions[index] = Decision.none
      similarity.map.leaveUnmatched(symbol)
      descend(depth)
      similarity.map.undo(symbol)
    }
    decisions[index] = Decision.open
  }

  private mutating func descend(_ depth: Int) {
    if bound() >= value - Self.rounding { visit(depth + 1) }
  }

  /// Whether A has more signals of this sort than B has left for those that are still open.
  private func mayLackCounterpart(_ index: Int) -> Bool {
    let own = a.signals.filter { a.signals[index].fits($0) }
    let lacking = own.count(where: { similarity.map.unmatched.contains($0.symbol) })
    return own.count - lacking > b.signals.count(where: { a.signals[index].fits($0) })
  }

  private mutating func bound() -> Double {
    var total = 0.0
    for index in a.signals.indices {
      switch decisions[index] {
      case Decision.open: total += potential[index]
      case Decision.none: break
      case let image: total += common(index, image)
      }
    }
    return total
  }

  /// What the equations of two signals have in common, that both are passed on or neither included.
  private mutating func common(_ index: Int, _ other: Int) -> Double {
    guard a.signals[index].fits(b.signals[other]) else { return 0 }
    let key = Key(a: index, b: other, images: reads[index].map { decisions[$0] })
    if let value = known[key] { return value }
    effort += a.signals[index].polynomial.size * b.signals[other].polynomial.size
    let value =
      similarity.value(a.signals[index].polynomial, b.signals[other].polynomial)
      + (a.signals[index].isOutput == b.signals[other].isOutput ? 1 : 0)
    known[key] = value
    return value
  }

  private mutating func record() {
    let reached = bound()
    if reached > value + Self.rounding || best.isEmpty {
      best = []
      value = max(value, reached)
    }
    if best.count < Self.mostMaps { best.append(similarity.map) }
  }
}
