import CHDF5

/// Something with a path in a file, which attributes can be attached to: a file, group or dataset.
public protocol HDF5Object: Sendable {
  /// The file it is in.
  var file: HDF5File { get }
  /// Where in the file it is, from the root: "/cases/generic".
  var path: String { get }
}

extension HDF5Object {
  var location: Location { Location(file: file.name, path: path) }

  /// Opens this object.
  func open() throws(HDF5Error) -> Identifier {
    try file.openObject(path)
  }

  /// What is at this path.
  func kind() throws(HDF5Error) -> HDF5ObjectKind {
    let object = try open()
    return HDF5ObjectKind(ofObject: object.raw)
  }
}

/// What can be at a path.
public enum HDF5ObjectKind: String, Hashable, Sendable {
  /// A group.
  case group
  /// A dataset.
  case dataset
  /// A stored type, a link to nothing, or a link into another file, which is not followed.
  case other
}

extension HDF5File {
  /// Opens whatever is at a path from the root.
  ///
  /// - Throws: an error that names the first member missing on the way.
  func openObject(_ path: String) throws(HDF5Error) -> Identifier {
    let location = Location(file: name, path: path)
    let file = try openIdentifier(for: location)
    try requireLinks(to: location, in: file)
    return try Identifier(
      H5Oopen(file, path, links.raw), closedBy: H5Oclose,
      orThrow: location.failure(.library, "the object cannot be opened"))
  }

  /// What is at a path from the root; nil where nothing is.
  func kindOfObject(_ path: String) throws(HDF5Error) -> HDF5ObjectKind? {
    do {
      let object = try openObject(path)
      return HDF5ObjectKind(ofObject: object.raw)
    } catch {
      guard error.code == .missingObject else { throw error }
      return nil
    }
  }

  /// Throws where a member is missing on the way to an object.
  ///
  /// This comes before the object is opened: libhdf5 1.10.8 can open at the second try what it found damaged
  /// at the first, so that looking for the reason afterwards would find none. The whole way is looked at as
  /// one, which is what costs least where nothing is missing.
  private func requireLinks(to location: Location, in file: hid_t) throws(HDF5Error) {
    let members = Path.members(of: location.path)
    guard let last = members.last else { return }
    let found = H5Lexists(file, location.path, links.raw)
    guard found <= 0 else { return }
    let failure = location.failure(.library, "the object cannot be opened")
    func missing(_ member: Substring, in parent: String) -> HDF5Error {
      location.refusal(
        .missingObject, "there is no '\(member)' in \(parent.isEmpty ? "the file" : parent)")
    }
    guard found < 0 else {
      throw missing(last, in: members.dropLast().map { "/\($0)" }.joined())
    }
    // libhdf5 fails where something is missing above the last member, instead of saying so.
    var parent = ""
    for member in members {
      let path = "\(parent)/\(member)"
      switch H5Lexists(file, path, links.raw) {
      case 0: throw missing(member, in: parent)
      case ..<0:
        guard isGroup(parent, in: file) ?? true else {
          throw location.refusal(
            .missingObject, "there is nothing in \(parent), which is not a group")
        }
        throw failure
      default: parent = path
      }
    }
    throw failure
  }

  /// Whether a group is at a path; nil where nothing can be opened.
  private func isGroup(_ path: String, in file: hid_t) -> Bool? {
    let object = H5Oopen(file, path, links.raw)
    guard object >= 0 else { return nil }
    defer { H5Oclose(object) }
    return HDF5ObjectKind(ofObject: object) == .group
  }
}

extension HDF5ObjectKind {
  /// The kind of an open object.
  init(ofObject object: hid_t) {
    switch H5Iget_type(object) {
    case H5I_GROUP: self = .group
    case H5I_DATASET: self = .dataset
    default: self = .other
    }
  }
}
