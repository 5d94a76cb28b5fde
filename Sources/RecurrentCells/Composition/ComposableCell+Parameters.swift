extension ComposableCell {
  /// Whether a set has the parameters of a composed cell and no others.
  static func check(namesOf set: ParameterSet<Scalar>) throws(CellError) {
    let names = parameterNames
    var expected: String { names.joined(separator: " ") }
    if let name = set.firstMissing(of: names) {
      throw CellError(
        code: .missing, name: name, message: "no such parameter was given, expected \(expected)")
    }
    if let name = set.firstUnknown(beside: names) {
      throw CellError(
        code: .unknown, name: name, message: "the cell has no such parameter, expected \(expected)")
    }
  }

  /// Whether the parameters of the parts of a composed cell, each right by itself, fit one another.
  static func check(
    extentsOf set: ParameterSet<Scalar>, in sizes: CellSizes
  ) throws(CellError) {
    let extents = declaration.parameterExtents(of: sizes) { parameterExtents(of: $0) }
    guard let name = set.first(of: parameterNames, notOf: extents) else { return }
    throw CellError(
      code: .shape, name: name,
      message: "found \(set.tensors[name]?.shape ?? []), expected \(extents[name] ?? [])"
        + " in a cell of I = \(sizes.inputSize), H = \(sizes.hiddenSize)"
        + (sizes.outputSize > 0 ? ", O = \(sizes.outputSize)" : ""))
  }
}

// Compiled for either precision: a check is generic over the cell.
extension ParameterSet {
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  fileprivate func firstMissing(of names: [String]) -> String? {
    names.first { tensors[$0] == nil }
  }

  /// The first that is none of some names, all of which are there.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  fileprivate func firstUnknown(beside names: [String]) -> String? {
    guard tensors.count > names.count || changes.keys.contains(where: { tensors[$0] == nil })
    else { return nil }
    return Set(tensors.keys).union(changes.keys).subtracting(names).min()
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  fileprivate func first(of names: [String], notOf extents: [String: [Int]]) -> String? {
    names.first { tensors[$0]?.shape != extents[$0] }
  }
}
