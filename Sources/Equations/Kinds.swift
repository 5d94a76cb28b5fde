/// Infers what each symbol is and which sizes are equal.
///
/// Every vector has an unknown size; an equation makes sizes equal, and a matrix relates two of them. The
/// class of the input is I, that of the states H, and what is left is O.
struct Kinds {
  private(set) var parameters: [Parameter] = []
  private(set) var axes: [Symbol: Axis] = [:]

  init(
    _ equations: [Equation], input: Symbol, states: [Symbol],
    place: (Int) -> (line: Int, text: String?)
  ) throws(EquationError) {
    var inference = SizeInference()
    for (index, equation) in equations.enumerated() {
      do {
        let size = try inference.size(of: equation.expression)
        if let size { inference.unify(inference.size(ofSignal: equation.signal), size) }
      } catch {
        let (line, text) = place(index)
        throw EquationError(code: error.code, message: error.message, line: line, text: text)
      }
    }
    inference.unifyCopies(equations.map(\.signal))
    let signals = Set(equations.map(\.signal))
    for use in inference.uses where signals.contains(use.symbol) || use.symbol == input {
      throw EquationError(
        code: .kind,
        message: "'\(use.symbol.name)' is a signal and also stands without a time index")
    }

    var axisOf: [Int: Axis] = [:]
    axisOf[inference.root(ofSignal: input)] = .input
    for state in states {
      let root = inference.root(ofSignal: state)
      if axisOf[root] != .output { axisOf[root] = .hidden }
      guard Set(states.map { inference.root(ofSignal: $0) }).count == 1 else {
        throw EquationError(
          code: .unsupported, message: "states of different sizes are not supported")
      }
    }
    func axis(_ root: Int) throws(EquationError) -> Axis {
      if let known = axisOf[root] { return known }
      guard let free = [Axis.hidden, .output].first(where: { !axisOf.values.contains($0) }) else {
        throw EquationError(
          code: .unsupported, message: "more than three different sizes are not supported")
      }
      axisOf[root] = free
      return free
    }
    for signal in [input] + equations.map(\.signal) {
      axes[signal] = try axis(inference.root(ofSignal: signal))
    }
    for use in inference.uses {
      parameters.append(
        Parameter(
          symbol: use.symbol,
          shape: ParameterShape(
            rows: try axis(inference.root(use.rows)), rowBlocks: use.rowBlocks,
            columns: try use.columns?.map { size throws(EquationError) in
              try axis(inference.root(size))
            })))
    }
    let names = parameters.map(\.name)
    if let twice = names.first(where: { name in names.count(where: { $0 == name }) > 1 }) {
      throw EquationError(code: .kind, message: "two parameters have the name '\(twice)'")
    }
  }
}

/// Sizes as classes of equal ones, united by what the equations say.
private struct SizeInference {
  struct Use {
    let symbol: Symbol
    let rows: Int
    let rowBlocks: Int
    let columns: [Int]?
  }

  /// Each block of columns has a size of its own to infer.
  private static let mostColumnBlocks = 64

  private(set) var uses: [Use] = []
  private var parents: [Int] = []
  private var ofSignal: [Symbol: Int] = [:]

  private mutating func fresh() -> Int {
    parents.append(parents.count)
    return parents.count - 1
  }

  func root(_ size: Int) -> Int {
    var size = size
    while parents[size] != size { size = parents[size] }
    return size
  }

  mutating func root(ofSignal symbol: Symbol) -> Int {
    let size = size(ofSignal: symbol)
    return root(size)
  }

  mutating func unify(_ a: Int, _ b: Int) { parents[root(a)] = root(b) }

  /// What differs by its layer or its direction alone has one size.
  mutating func unifyCopies(_ signals: [Symbol]) {
    var originals: [Symbol: Symbol] = [:]
    for signal in signals {
      var original = signal
      (original.layer, original.direction) = (nil, nil)
      if let other = originals[original] {
        unify(size(ofSignal: other), size(ofSignal: signal))
      } else {
        originals[original] = signal
      }
    }
  }

  mutating func size(ofSignal symbol: Symbol) -> Int {
    if let known = ofSignal[symbol] { return known }
    let new = fresh()
    ofSignal[symbol] = new
    return new
  }

  /// The size of an expression; nil for a number, which fits any.
  mutating func size(of expression: Expression) throws(EquationError) -> Int? {
    switch expression {
    case .number: return nil
    case .signal(let symbol, _): return size(ofSignal: symbol)
    case .vector(let symbol):
      return try use(symbol, rowBlocks: 1, columnBlocks: nil).rows
    case .product(let matrix, let vector):
      guard matrix.rows.map(\.isInside) ?? true, matrix.columns.map(\.isInside) ?? true,
        matrix.columns.map({ $0.count <= Self.mostColumnBlocks }) ?? true
      else {
        throw EquationError(
          code: .shape, message: "a block of '\(matrix.symbol.name)' that there is not")
      }
      let use = try use(
        matrix.symbol, rowBlocks: matrix.rows?.count ?? 1,
        columnBlocks: matrix.columns?.count ?? 1)
      let operand = try size(of: vector)
      guard let columns = use.columns, let operand else {
        throw EquationError(
          code: .kind, message: "the matrix '\(matrix.symbol.name)' is applied to a number")
      }
      unify(columns[matrix.columns?.index ?? 0], operand)
      return use.rows
    case .sum(let a, let b), .difference(let a, let b), .hadamard(let a, let b):
      let left = try size(of: a)
      let right = try size(of: b)
      if let left, let right { unify(left, right) }
      return left ?? right
    case .negation(let a), .apply(_, let a): return try size(of: a)
    case .inner(let a, let b):
      if let left = try size(of: a), let right = try size(of: b) { unify(left, right) }
      return nil
    }
  }

  private mutating func use(
    _ symbol: Symbol, rowBlocks: Int, columnBlocks: Int?
  ) throws(EquationError) -> Use {
    if let known = uses.first(where: { $0.symbol == symbol }) {
      guard (known.columns == nil) == (columnBlocks == nil) else {
        throw EquationError(
          code: .kind,
          message: "'\(symbol.name)' stands as a matrix in one place and as a vector in another")
      }
      guard known.rowBlocks == rowBlocks, known.columns?.count == columnBlocks else {
        throw EquationError(
          code: .shape, message: "'\(symbol.name)' is cut into different numbers of blocks")
      }
      return known
    }
    let new = Use(
      symbol: symbol, rows: fresh(), rowBlocks: rowBlocks,
      columns: columnBlocks.map { count in (0..<count).map { _ in fresh() } })
    uses.append(new)
    return new
  }
}

extension Matrix.Block {
  fileprivate var isInside: Bool { (0..<max(count, 0)).contains(index) }
}
