extension ComposableCell {
  /// Whether a set has the parameters of a composed cell and no others.
  static func check(namesOf set: ParameterSet<Scalar>) throws(CellError) {
    let names = parameterNames
    var expected: String { names.joined(separator: " ") }
    for name in names where set.tensors[name] == nil {
      throw CellError(
        code: .missing, name: name, message: "no such parameter was given, expected \(expected)")
    }
    let unknown = Set(set.tensors.keys).union(set.changes.keys).subtracting(names)
    if let name = unknown.min() {
      throw CellError(
        code: .unknown, name: name, message: "the cell has no such parameter, expected \(expected)")
    }
  }

  /// Whether the parameters of the parts of a composed cell, each right by itself, fit one another.
  static func check(
    extentsOf set: ParameterSet<Scalar>, in sizes: CellSizes
  ) throws(CellError) {
    for (name, expected) in parameterExtents(of: sizes).sorted(by: { $0.key < $1.key }) {
      let found = set.tensors[name]?.shape ?? []
      guard found == expected else {
        throw CellError(
          code: .shape, name: name,
          message: "found \(found), expected \(expected) in a cell of I = \(sizes.inputSize), "
            + "H = \(sizes.hiddenSize)" + (sizes.outputSize > 0 ? ", O = \(sizes.outputSize)" : ""))
      }
    }
  }
}
