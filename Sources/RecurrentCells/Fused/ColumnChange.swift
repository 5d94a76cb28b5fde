/// A change of one number that one column of a tile sees.
package struct ColumnChange: Sendable {
  /// Where a number acts; rows count through all blocks.
  package enum Place: Sendable {
    case parameter(row: Int, of: Factor)
    case x(step: Int, feature: Int)
    case initial(state: Int, unit: Int)

    /// The first step that the number reaches.
    var start: Int {
      if case .x(let step, _) = self { step } else { 0 }
    }
  }

  /// What a parameter is multiplied by in its row.
  package enum Factor: Sendable {
    case one
    case x(feature: Int)
    case hidden(unit: Int)
  }

  let place: Place
  let delta: Double

  /// The first step that the change reaches.
  package var start: Int { place.start }

  /// A number at a place, moved by δ.
  package init(_ place: Place, delta: Double) {
    self.place = place
    self.delta = delta
  }
}
