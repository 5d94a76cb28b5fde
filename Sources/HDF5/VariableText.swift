import CHDF5

/// Strings in a heap of the file, which libhdf5 hands over as C strings.
enum VariableText {
  /// Writes strings, each as long as it is.
  static func write(_ strings: [String], to storage: borrowing Storage) throws(HDF5Error) {
    let type = try storage.type()
    var characters: [CChar] = []
    var starts: [Int] = []
    for string in strings {
      starts.append(characters.count)
      characters.append(contentsOf: string.utf8CString)
    }
    let status = characters.withUnsafeBufferPointer { characters in
      let pointers = starts.map { characters.baseAddress?.advanced(by: $0) }
      return pointers.withUnsafeBytes {
        storage.write(type.identifier.raw, from: $0.baseAddress)
      }
    }
    try storage.location.check(status, "the text cannot be written")
  }

  /// Reads so many strings.
  static func read(
    _ count: Int, from storage: borrowing Storage, _ type: borrowing StoredType,
    _ limits: HDF5Limits
  ) throws(HDF5Error) -> [String] {
    let location = storage.location
    let (size, overflow) = MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
      .multipliedReportingOverflow(by: count)
    try limits.check(textBytes: overflow ? .max : size, at: location)
    let space = try storage.space()
    var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
    let status = pointers.withUnsafeMutableBytes {
      storage.read(type.identifier.raw, into: $0.baseAddress)
    }
    try location.check(status, "the text cannot be read")
    defer {
      _ = pointers.withUnsafeMutableBytes {
        chdf5_free_text(type.identifier.raw, space.raw, $0.baseAddress)
      }
    }
    var bytes = 0
    var strings: [String] = []
    for pointer in pointers {
      // libhdf5 gives no pointer for text that was never written.
      guard let string = pointer.map({ String(validatingCString: $0) }) ?? "" else {
        throw location.refusal(.text, "the text is not UTF-8")
      }
      bytes += string.utf8.count
      try limits.check(textBytes: bytes, at: location)
      strings.append(string)
    }
    return strings
  }
}
