import HDF5

/// The content of an HDF5 file in a canonical order, whatever libhdf5 wrote it: every object by its path,
/// with its attributes, its type, its shape and its numbers in little-endian bytes.
struct ContentWalk {
  /// The digest of every object and attribute by its path.
  private(set) var digests: [String: String] = [:]

  /// Walks a file.
  ///
  /// - Throws: `HDF5Error` where it cannot be read.
  init(_ path: String) throws(HDF5Error) {
    let file = try HDF5File.open(path)
    try walk(file)
    try file.close()
  }

  /// One digest of all of it.
  var digest: String {
    Digest.sha256(
      Array(digests.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined().utf8))
  }

  /// The attributes that libhdf5 keeps for dimension scales; they hold addresses in the file.
  private static let bookkeeping: Set<String> = [
    "DIMENSION_LIST", "REFERENCE_LIST", "CLASS", "NAME", "DIMENSION_LABELS",
  ]

  private mutating func walk(_ group: some HDF5Container) throws(HDF5Error) {
    try walkAttributes(of: group)
    for member in try group.members() {
      switch member.kind {
      case .group: try walk(try group.group(member.name))
      case .dataset: try walk(try group.dataset(member.name))
      case .other: digests["\(group.path)/\(member.name)"] = "other"
      }
    }
  }

  private mutating func walk(_ dataset: HDF5Dataset) throws(HDF5Error) {
    try walkAttributes(of: dataset)
    var bytes = Array("\(dataset.elementKind) \(dataset.shape)\n".utf8)
    switch dataset.elementKind {
    case .float(bits: 64):
      for number in try dataset.read(Double.self) { bytes.append(number.bitPattern) }
    case .float(bits: 32):
      for number in try dataset.read(Float.self) { bytes.append(number.bitPattern) }
    case .integer(bits: 64, signed: true):
      for number in try dataset.read(Int64.self) { bytes.append(UInt64(bitPattern: number)) }
    case .float, .integer, .text, .other: break
    }
    digests[dataset.path] = Digest.sha256(bytes)
    digests[dataset.path + "@axes"] = Digest.sha256(Array("\(try dataset.scaleNames())".utf8))
  }

  private mutating func walkAttributes(of object: some HDF5Object) throws(HDF5Error) {
    for name in try object.attributeNames() where !Self.bookkeeping.contains(name) {
      let text: String
      do {
        text = "text " + (try object.attribute(name, as: String.self))
      } catch {
        text = "integer \(try object.attribute(name, as: Int.self))"
      }
      digests["\(object.path)@\(name)"] = Digest.sha256(Array(text.utf8))
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
