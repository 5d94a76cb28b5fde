/// What kind of element a dataset or attribute holds, whatever its byte order.
public enum HDF5ElementKind: Hashable, Sendable, CustomStringConvertible {
  /// An IEEE 754 number of so many bits.
  case float(bits: Int)
  /// A two's complement number of so many bits, or one without a sign.
  case integer(bits: Int, signed: Bool)
  /// Text in a fixed number of bytes, or of variable length where nil.
  case text(bytes: Int?)
  /// Something that no Swift type here stands for, in words.
  case other(String)

  /// The usual short name: "float64", "int32", "text of 12 bytes".
  public var description: String {
    switch self {
    case .float(let bits): "float\(bits)"
    case .integer(let bits, let signed): "\(signed ? "" : "u")int\(bits)"
    case .text(let bytes?): "text of \(bytes) bytes"
    case .text(nil): "text of variable length"
    case .other(let words): words
    }
  }
}
