import Foundation

extension Encodable {
  /// The value as every report in JSON is written: indented, keys in order, a line break at the end.
  ///
  /// - Parameter keys: what becomes of the properties' names.
  /// - Throws: an encoding error, where a number is not finite.
  package func reportJSON(
    keys: JSONEncoder.KeyEncodingStrategy = .useDefaultKeys
  ) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = keys
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
