import Tensors

/// The parameters of a cell after they were found to be complete and to fit one another.
public struct CellParameters<Scalar: CellScalar>: Sendable {
  /// I, the number of input features.
  public let inputSize: Int
  /// H, the number of units.
  public let hiddenSize: Int
  /// O, the number of outputs; 0 in a cell without outputs of their own size.
  public let outputSize: Int
  /// The last element of the batch that sees a change; nil where nothing is changed.
  public let lastChangedElement: Int?

  /// I, H and O.
  var sizes: CellSizes {
    CellSizes(inputSize: inputSize, hiddenSize: hiddenSize, outputSize: outputSize)
  }

  /// The parameters by name.
  public let tensors: [String: Tensor<Scalar>]
  private let changes: [String: [EntryChange<Scalar>]]

  /// Checks a set of parameters against the shapes that a cell declares.
  ///
  /// I, H and O are those that most of the parameters agree on, so that the error names the odd one out.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, when a size is
  ///   zero or too large for OpenBLAS, or when a change lies outside its parameter.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init(
    _ set: ParameterSet<Scalar>, shapes: [String: ParameterShape]
  ) throws(CellError) {
    try Self.checkNames(of: set, against: shapes)
    try Self.checkExtents(of: set)
    (inputSize, hiddenSize, outputSize) = Self.sizes(of: set.tensors, shapes: shapes)
    tensors = set.tensors
    changes = try Self.entries(of: set)
    lastChangedElement = changes.values.reduce(nil) { last, changes in
      changes.reduce(last) { max($0 ?? $1.element, $1.element) }
    }
    try checkShapes(shapes)
  }

  /// A matrix.
  ///
  /// - Throws: `CellError` when the cell did not declare it.
  public func weight(_ name: String) throws(CellError) -> Weight<Scalar> {
    Weight(name: name, matrix: try tensor(name), changes: changes[name] ?? [])
  }

  /// A bias.
  ///
  /// - Throws: `CellError` when the cell did not declare it.
  public func bias(_ name: String) throws(CellError) -> Bias<Scalar> {
    Bias(name: name, vector: try tensor(name), changes: changes[name] ?? [])
  }

  /// A vector that scales the units.
  ///
  /// - Throws: `CellError` when the cell did not declare it.
  public func scale(_ name: String) throws(CellError) -> Scale<Scalar> {
    Scale(name: name, vector: try tensor(name), changes: changes[name] ?? [])
  }

  private func tensor(_ name: String) throws(CellError) -> Tensor<Scalar> {
    guard let tensor = tensors[name] else {
      throw CellError(code: .missing, name: name, message: "the cell declares no such parameter")
    }
    return tensor
  }
}

extension CellParameters {
  private static func checkNames(
    of set: ParameterSet<Scalar>, against shapes: [String: ParameterShape]
  ) throws(CellError) {
    var expected: String { shapes.keys.sorted().joined(separator: " ") }
    if let name = shapes.keys.filter({ set.tensors[$0] == nil }).min() {
      throw CellError(
        code: .missing, name: name, message: "no such parameter was given, expected \(expected)")
    }
    // Each one that the cell has is there: of as many others are none.
    guard set.tensors.count > shapes.count || !set.changes.isEmpty else { return }
    let given = [String](set.tensors.keys) + set.changes.keys
    if let name = given.filter({ shapes[$0] == nil }).min() {
      throw CellError(
        code: .unknown, name: name, message: "the cell has no such parameter, expected \(expected)")
    }
  }

  private static func checkExtents(of set: ParameterSet<Scalar>) throws(CellError) {
    func fits(_ tensor: Tensor<Scalar>) -> Bool {
      tensor.shape.allSatisfy { 1...OpenBLAS.largestExtent ~= $0 }
    }
    let wrong = set.tensors.lazy.filter { !fits($1) }.min { $0.key < $1.key }
    guard let (name, tensor) = wrong else { return }
    throw CellError(
      code: .shape, name: name,
      message: "found \(tensor.shape), expected extents in 1…\(OpenBLAS.largestExtent)")
  }

  private func checkShapes(_ shapes: [String: ParameterShape]) throws(CellError) {
    func expected(_ shape: ParameterShape) -> [Int] {
      shape.extents(inputSize: inputSize, hiddenSize: hiddenSize, outputSize: outputSize)
    }
    let wrong = shapes.lazy.filter { tensors[$0]?.shape != expected($1) }.min { $0.key < $1.key }
    guard let (name, shape) = wrong else { return }
    throw CellError(
      code: .shape, name: name,
      message:
        "found \(tensors[name]?.shape ?? []), expected \(shape.letters) = \(expected(shape))"
        + ", with the sizes that most parameters have")
  }

  /// The I, the H and the O that most parameters have; 0 where no parameter tells.
  private static func sizes(
    of tensors: [String: Tensor<Scalar>], shapes: [String: ParameterShape]
  ) -> (inputSize: Int, hiddenSize: Int, outputSize: Int) {
    let sizes = shapes.map { name, shape in shape.sizes(from: tensors[name]?.shape ?? []) }
    return (
      mostCommon(sizes.compactMap(\.input)), mostCommon(sizes.compactMap(\.hidden)),
      mostCommon(sizes.compactMap(\.output))
    )
  }

  /// The most common of some sizes, the smaller one where two are equally common.
  private static func mostCommon(_ sizes: [Int]) -> Int {
    if let first = sizes.first, sizes.allSatisfy({ $0 == first }) { return first }
    let counts = Dictionary(sizes.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key ?? 0
  }

  /// The changes by row and column.
  private static func entries(
    of set: ParameterSet<Scalar>
  ) throws(CellError) -> [String: [EntryChange<Scalar>]] {
    var entries: [String: [EntryChange<Scalar>]] = [:]
    guard !set.changes.isEmpty else { return entries }
    for (name, changes) in set.changes.sorted(by: { $0.key < $1.key }) {
      guard let tensor = set.tensors[name] else { continue }
      let (count, columns) = (tensor.count, tensor.shape.dropFirst().reduce(1, *))
      if let wrong = changes.first(where: { !(0..<count ~= $0.position) || $0.column < 0 }) {
        throw CellError(
          code: .change, name: name,
          message: "found position \(wrong.position) and batch column \(wrong.column), "
            + "expected a position in 0..<\(count) and a column from 0")
      }
      entries[name] = changes.map { change in
        let (row, column) = change.position.quotientAndRemainder(dividingBy: columns)
        return EntryChange(element: change.column, row: row, column: column, delta: change.delta)
      }
    }
    return entries
  }
}
