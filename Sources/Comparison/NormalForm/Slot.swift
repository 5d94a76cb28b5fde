import Equations

/// What a weight is copied into or out of: a whole parameter, or one block of a stacked matrix.
///
/// The blocks of a matrix never overlap, so that a map between slots is a map between numbers.
package struct Slot: Hashable, Sendable {
  package let symbol: Symbol
  package let rows: Matrix.Block?
  package let columns: Matrix.Block?

  package init(_ symbol: Symbol, rows: Matrix.Block? = nil, columns: Matrix.Block? = nil) {
    self.symbol = symbol
    self.rows = rows
    self.columns = columns
  }

  init(_ matrix: Matrix) {
    self.init(matrix.symbol, rows: matrix.rows, columns: matrix.columns)
  }

  /// `W_xi`, and for a block `W[rows 1/4, columns 2/2]`.
  var name: String {
    let blocks = [("rows", rows), ("columns", columns)].compactMap { word, block in
      block.map { "\(word) \($0.index + 1)/\($0.count)" }
    }
    return blocks.isEmpty ? symbol.name : "\(symbol.name)[\(blocks.joined(separator: ", "))]"
  }

  /// A text that differs between any two slots.
  var key: String { "\(symbol.key)\(rows.key)\(columns.key)" }
}

/// A slot in a sum, with its sign.
package struct SignedSlot: Hashable, Sendable {
  package let slot: Slot
  package let isNegative: Bool

  package init(_ slot: Slot, isNegative: Bool = false) {
    self.slot = slot
    self.isNegative = isNegative
  }

  var negated: SignedSlot { SignedSlot(slot, isNegative: !isNegative) }
}

/// The sizes of a slot; a vector has no columns.
struct SlotShape: Hashable, Sendable {
  let rows: Axis
  let columns: Axis?

  /// The shape in letters: `[H,I]`.
  var description: String {
    "[\(([rows] + [columns].compactMap { $0 }).map(\.letter).joined(separator: ","))]"
  }
}

extension Symbol {
  /// A text that differs between any two symbols, as their names need not.
  var key: String {
    "\(base)|\(marks.map(\.rawValue).joined(separator: "'"))|\(lower ?? "-")|\(upper ?? "-")"
      + "|\(layer.map(String.init) ?? "-")|\(direction?.rawValue ?? "-")"
  }
}

extension TimeIndex {
  var key: String {
    switch self {
    case .step(let offset): "@\(offset)"
    case .first: "@1"
    case .last: "@T"
    }
  }
}

extension Matrix.Block? {
  fileprivate var key: String { map { "[\($0.index)/\($0.count)]" } ?? "" }
}
