import CHDF5

/// Strings in cells of a fixed number of bytes.
enum FixedText {
  /// The bytes of the longest string, and one at least, as no type has none.
  static func width(of strings: [String]) -> Int {
    strings.reduce(1) { max($0, $1.utf8.count) }
  }

  /// Writes strings, each padded with zeros.
  static func write(_ strings: [String], to storage: borrowing Storage) throws(HDF5Error) {
    let type = try storage.type()
    let width = width(of: strings)
    let (size, overflow) = width.multipliedReportingOverflow(by: strings.count)
    guard !overflow else {
      throw storage.location.refusal(.shape, "\(strings.count) strings of \(width) bytes overflow")
    }
    var bytes = [UInt8](repeating: 0, count: size)
    for (position, string) in strings.enumerated() {
      for (offset, byte) in string.utf8.enumerated() {
        bytes[position * width + offset] = byte
      }
    }
    let status = bytes.withUnsafeBytes { storage.write(type.identifier.raw, from: $0.baseAddress) }
    try storage.location.check(status, "the text cannot be written")
  }

  /// Reads so many strings, without their padding.
  static func read(
    _ count: Int, from storage: borrowing Storage, _ type: borrowing StoredType,
    _ limits: HDF5Limits
  ) throws(HDF5Error) -> [String] {
    let location = storage.location
    let width = type.size
    let (size, overflow) = width.multipliedReportingOverflow(by: count)
    try limits.check(textBytes: overflow ? .max : size, at: location)
    var bytes = [UInt8](repeating: 0, count: size)
    let status = bytes.withUnsafeMutableBytes {
      storage.read(type.identifier.raw, into: $0.baseAddress)
    }
    try location.check(status, "the text cannot be read")
    let padding = H5Tget_strpad(type.identifier.raw)
    var strings: [String] = []
    for start in stride(from: 0, to: size, by: width) {
      let cell = trimmed(bytes[start..<start + width], of: padding)
      guard let string = String(validating: cell, as: UTF8.self) else {
        throw location.refusal(.text, "the text is not UTF-8")
      }
      strings.append(string)
    }
    return strings
  }

  /// The text in a cell, whose type says how it is padded.
  private static func trimmed(
    _ cell: ArraySlice<UInt8>, of padding: H5T_str_t
  ) -> ArraySlice<UInt8> {
    guard padding != H5T_STR_NULLTERM else { return cell.prefix { $0 != 0 } }
    let filler = padding == H5T_STR_SPACEPAD ? UInt8(ascii: " ") : 0
    let end = cell.lastIndex { $0 != filler }.map { $0 + 1 } ?? cell.startIndex
    return cell[..<end]
  }
}
