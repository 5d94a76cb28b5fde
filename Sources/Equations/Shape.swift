/// The sizes of vectors that a formulation tells apart.
public enum Axis: String, Hashable, Sendable, CaseIterable {
  /// I, the features of the input.
  case input
  /// H, the units of the states.
  case hidden
  /// O, the units of an output that is not a state.
  case output

  /// The letter in shapes: `[H,I]`.
  public var letter: String {
    switch self {
    case .input: "I"
    case .hidden: "H"
    case .output: "O"
    }
  }
}

/// What I, H and O are in a case.
public struct Sizes: Hashable, Sendable {
  /// I, H and O.
  public var input, hidden, output: Int

  /// Sizes.
  public init(input: Int, hidden: Int, output: Int = 0) {
    self.input = input
    self.hidden = hidden
    self.output = output
  }

  /// The length of an axis.
  public subscript(axis: Axis) -> Int {
    switch axis {
    case .input: input
    case .hidden: hidden
    case .output: output
    }
  }
}

/// The shape of a parameter: a vector over one axis, or a matrix that may stack blocks of rows and columns.
public struct ParameterShape: Hashable, Sendable {
  /// The axis of the rows.
  public let rows: Axis
  /// How many blocks of rows are stacked.
  public let rowBlocks: Int
  /// The axes of the columns, one per block; nil for a vector.
  public let columns: [Axis]?

  /// The shape of a parameter.
  public init(rows: Axis, rowBlocks: Int = 1, columns: [Axis]?) {
    self.rows = rows
    self.rowBlocks = rowBlocks
    self.columns = columns
  }

  /// The extents in a case; more rows than an `Int` counts are `Int.max`.
  public func extents(_ sizes: Sizes) -> [Int] {
    let (product, overflow) = rowBlocks.multipliedReportingOverflow(by: sizes[rows])
    let rowCount = overflow ? Int.max : product
    guard let columns else { return [rowCount] }
    return [rowCount, columns.map { sizes[$0] }.reduce(0, +)]
  }

  /// The shape in letters: `[H,I]`, `[4H,H+I]`.
  public var description: String {
    let rowText = (rowBlocks == 1 ? "" : "\(rowBlocks)") + rows.letter
    guard let columns else { return "[\(rowText)]" }
    return "[\(rowText),\(columns.map(\.letter).joined(separator: "+"))]"
  }
}

/// A parameter of a formulation.
public struct Parameter: Hashable, Sendable {
  /// Its symbol.
  public let symbol: Symbol
  /// Its shape.
  public let shape: ParameterShape

  /// The name in files and reports.
  public var name: String { symbol.name }

  /// A parameter.
  public init(symbol: Symbol, shape: ParameterShape) {
    self.symbol = symbol
    self.shape = shape
  }
}
