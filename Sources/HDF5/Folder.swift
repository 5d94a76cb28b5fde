import CHDF5

/// An open group, whose members are found without going through the file from its root.
final class Folder {
  let path: String
  private let group: Identifier
  private let links: Identifier

  /// The group at a path from the root.
  ///
  /// - Throws: an error at the location that names the first member missing on the way.
  init(at path: String, on location: Location, in file: hid_t) throws(HDF5Error) {
    self.path = path
    links = try Properties.linkAccess(at: location)
    var parent = ""
    for member in Path.members(of: path) {
      let child = "\(parent)/\(member)"
      let found = H5Lexists(file, child, links.raw)
      if found < 0 {
        let failure = location.failure(.library, "the object cannot be opened")
        guard Self.isGroup(parent, in: file, links) ?? true else {
          throw Self.noGroup(parent, at: location)
        }
        throw failure
      }
      guard found > 0 else { throw Self.missing(String(member), in: parent, at: location) }
      parent = child
    }
    group = try Identifier(
      H5Oopen(file, path, links.raw), closedBy: H5Oclose,
      orThrow: location.failure(.library, "the object cannot be opened"))
    guard HDF5ObjectKind(ofObject: group.raw) == .group else {
      throw Self.noGroup(path, at: location)
    }
  }

  /// Opens a member.
  ///
  /// Whether it is there comes before it is opened: libhdf5 1.10.8 can open at the second try what it found
  /// damaged at the first, so that looking for the reason afterwards would find none.
  ///
  /// - Throws: an error at the location where there is none, or it cannot be opened.
  func open(_ member: String, at location: Location) throws(HDF5Error) -> Identifier {
    let found = H5Lexists(group.raw, member, links.raw)
    try location.check(found, "the object cannot be opened")
    guard found > 0 else { throw Self.missing(member, in: path, at: location) }
    return try Identifier(
      H5Oopen(group.raw, member, links.raw), closedBy: H5Oclose,
      orThrow: location.failure(.library, "the object cannot be opened"))
  }

  private static func missing(
    _ member: String, in path: String, at location: Location
  ) -> HDF5Error {
    let place = path.isEmpty || path == "/" ? "the file" : path
    return location.refusal(.missingObject, "there is no '\(member)' in \(place)")
  }

  private static func noGroup(_ path: String, at location: Location) -> HDF5Error {
    location.refusal(.missingObject, "there is nothing in \(path), which is not a group")
  }

  /// Whether a group is at a path; nil where nothing can be opened.
  private static func isGroup(
    _ path: String, in file: hid_t, _ links: borrowing Identifier
  ) -> Bool? {
    let object = H5Oopen(file, path, links.raw)
    guard object >= 0 else { return nil }
    defer { H5Oclose(object) }
    return HDF5ObjectKind(ofObject: object) == .group
  }
}
