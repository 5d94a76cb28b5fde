import CHDF5

/// An open group, whose members are found without going through the file from its root.
final class Folder {
  let path: String
  private let group: Identifier
  /// How links are followed; the file's.
  private let links: hid_t

  /// The group at a path from the root.
  ///
  /// - Throws: an error at the location that names the first member missing on the way.
  init(
    at path: String, on location: Location, in file: hid_t, links: hid_t
  ) throws(HDF5Error) {
    self.path = path
    self.links = links
    try Self.requireMembers(along: path, in: file, links: links, at: location)
    group = try Identifier(
      H5Oopen(file, path, links), closedBy: H5Oclose,
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
    let found = H5Lexists(group.raw, member, links)
    try location.check(found, "the object cannot be opened")
    guard found > 0 else { throw Self.missing(member, in: path, at: location) }
    return try Identifier(
      H5Oopen(group.raw, member, links), closedBy: H5Oclose,
      orThrow: location.failure(.library, "the object cannot be opened"))
  }
}

extension Folder {
  /// Throws where a member is missing on the way.
  ///
  /// The whole way is looked at as one, which is what costs least where nothing is missing.
  private static func requireMembers(
    along path: String, in file: hid_t, links: hid_t, at location: Location
  ) throws(HDF5Error) {
    guard path != "/" else { return }
    let found = H5Lexists(file, path, links)
    guard found <= 0 else { return }
    let failure = location.failure(.library, "the object cannot be opened")
    // libhdf5 fails where something is missing above the last member, instead of saying so.
    var parent = ""
    for member in Path.members(of: path) {
      let child = "\(parent)/\(member)"
      switch H5Lexists(file, child, links) {
      case 0: throw missing(String(member), in: parent, at: location)
      case ..<0:
        guard isGroup(parent, in: file, links: links) ?? true else {
          throw noGroup(parent, at: location)
        }
        throw failure
      default: parent = child
      }
    }
    throw failure
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
  private static func isGroup(_ path: String, in file: hid_t, links: hid_t) -> Bool? {
    let object = H5Oopen(file, path, links)
    guard object >= 0 else { return nil }
    defer { H5Oclose(object) }
    return HDF5ObjectKind(ofObject: object) == .group
  }
}
