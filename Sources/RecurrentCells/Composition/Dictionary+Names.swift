import Tensors

// Compiled for the tensors of either precision: a composed cell is generic over its parts.
extension Dictionary where Key == String {
  /// Adds the values of a part under the names that they bear in the whole.
  ///
  /// - Parameter names: those of the whole by the part's own, all that the part declares.
  @specialized(where Value == Tensor<Double>)
  @specialized(where Value == Tensor<Float>)
  mutating func add(_ values: [String: Value], named names: [String: String]) {
    for (own, value) in values { self[names[own] ?? own] = value }
  }

  /// The values of a part under its own names, those that are there.
  ///
  /// - Parameters:
  ///   - own: the part's own names.
  ///   - names: those of the whole by the part's own.
  @specialized(where Value == Tensor<Double>)
  @specialized(where Value == Tensor<Float>)
  func own(_ own: [String], named names: [String: String]) -> [String: Value] {
    var part: [String: Value] = [:]
    for name in own {
      guard let value = self[names[name] ?? name] else { continue }
      part[name] = value
    }
    return part
  }
}
