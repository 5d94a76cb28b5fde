import HDF5

/// The content of an HDF5 file in a canonical order, whatever libhdf5 wrote it: every object by its path,
/// with its attributes, its type, its shape and its numbers in little-endian bytes.
package struct ContentWalk {
  /// The digest of every object and attribute by its path.
  package private(set) var digests: [String: String] = [:]

  /// Walks the file of the given bytes.
  ///
  /// - Parameter name: what to call it in errors.
  /// - Throws: `HDF5Error` where it cannot be read or holds what no fixture does, `FixtureError` where its
  ///   groups have no end.
  package init(_ bytes: [UInt8], named name: String) throws {
    let file = try HDF5File.open(image: bytes, named: name)
    try walk(file, depth: 0)
    try file.close()
  }

  /// One digest of all of it.
  package var digest: String {
    Digest.sha256(
      Array(digests.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined().utf8))
  }

  /// The attributes that libhdf5 keeps for dimension scales: addresses in the file, and the labels.
  private static let bookkeeping: Set<String> = [
    "DIMENSION_LIST", "REFERENCE_LIST", "DIMENSION_LABELS",
  ]

  /// How deep groups may lie; a group that is in itself would never end.
  private static let deepest = 16

  private mutating func walk(_ group: some HDF5Container, depth: Int) throws {
    guard depth <= Self.deepest else {
      throw FixtureError(
        code: .format, file: group.file.name, path: group.path,
        message: "groups lie more than \(Self.deepest) deep")
    }
    digests[group.path] = "group"
    try walkAttributes(of: group)
    for member in try group.members() {
      switch member.kind {
      case .group: try walk(try group.group(member.name), depth: depth + 1)
      case .dataset: try walk(try group.dataset(member.name))
      case .other: digests["\(group.path)/\(member.name)"] = "other"
      }
    }
  }

  private mutating func walk(_ dataset: HDF5Dataset) throws(HDF5Error) {
    try walkAttributes(of: dataset)
    let limits = FixtureSchema.limits
    var bytes = Array("\(dataset.elementKind) \(dataset.shape)\n".utf8)
    switch dataset.elementKind {
    case .float(bits: 32):
      for number in try dataset.read(Float.self, limits: limits) { bytes.append(number.bitPattern) }
    case .integer(bits: 64, signed: true):
      for number in try dataset.read(Int64.self, limits: limits) { bytes.append(number) }
    // A fixture has no other type than float64 left.
    case .float, .integer, .text, .other:
      for number in try dataset.read(Double.self, limits: limits) {
        bytes.append(number.bitPattern)
      }
    }
    digests[dataset.path] = Digest.sha256(bytes)
    digests[dataset.path + "@axes"] = Digest.sha256(
      Array("\(try dataset.scaleNames()) \(try dataset.labels())".utf8))
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
