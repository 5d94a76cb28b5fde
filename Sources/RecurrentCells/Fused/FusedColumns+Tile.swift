extension FusedColumns {
  /// The buffers of a tile.
  package struct Tile: ~Copyable {
    let blocks: Scratch<Double>
    /// The blocks of one unit and the states before it.
    let unit: Scratch<Double>
    private let numbers: Scratch<Double>
    /// The signals, each [H,width].
    let signals: [UnsafeMutablePointer<Double>]

    init(_ family: GateFamily, signal: Int) {
      // The signals that are no states lie where their blocks are, so that a tile stays in the cache.
      blocks = Scratch(zeros: family.signals.count * signal)
      unit = Scratch(zeros: family.signals.count + family.states.count)
      numbers = Scratch(zeros: family.states.count * signal)
      let (gates, states) = (blocks.base, numbers.base)
      signals = (0..<family.signalCount).map { place in
        if let state = family.states.firstIndex(of: place) { return states + state * signal }
        return gates + (family.signals.firstIndex(of: place) ?? 0) * signal
      }
    }
  }
}
