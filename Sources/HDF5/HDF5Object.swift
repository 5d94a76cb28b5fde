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
    let links = try Properties.linkAccess(at: location)
    return try Identifier(
      H5Oopen(file, path, links.raw), closedBy: H5Oclose,
      orThrow: failureToOpenObject(location, in: file))
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

  /// Why the object could not be opened a moment ago.
  private func failureToOpenObject(_ location: Location, in file: hid_t) -> HDF5Error {
    let failure = location.failure(.library, "the object cannot be opened")
    var parent = ""
    for member in Path.members(of: location.path) {
      let path = "\(parent)/\(member)"
      if H5Lexists(file, path, chdf5_default_properties()) == 0 {
        let place = parent.isEmpty ? "the file" : parent
        return location.refusal(.missingObject, "there is no '\(member)' in \(place)")
      }
      guard let links = try? Properties.linkAccess(at: location) else { return failure }
      let object = H5Oopen(file, path, links.raw)
      guard object >= 0 else { return failure }
      let isGroup = HDF5ObjectKind(ofObject: object) == .group
      H5Oclose(object)
      if !isGroup {
        return location.refusal(
          .missingObject, "there is nothing in \(path), which is not a group")
      }
      parent = path
    }
    return failure
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
