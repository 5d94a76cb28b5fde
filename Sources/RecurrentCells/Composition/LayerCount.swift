/// The number of layers of a deep cell as a type, so that cells of two depths are two types.
///
/// A cell without a layer cannot be made.
public protocol LayerCount: Sendable {
  /// The number of layers, 1 or more.
  static var layers: Int { get }
}

/// Two layers, the depth of the suite.
public enum TwoLayers: LayerCount {
  /// 2.
  public static var layers: Int { 2 }
}

extension LayerCount {
  /// Whether there is a layer.
  static func check() throws(CellError) {
    guard layers >= 1 else {
      throw CellError(
        code: .value, name: "layers", message: "found \(layers) layers, expected 1 or more")
    }
  }
}
