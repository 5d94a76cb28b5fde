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
    guard let (parent, member) = Path.split(path) else {
      return try Identifier(
        H5Oopen(file, path, links.raw), closedBy: H5Oclose,
        orThrow: location.failure(.library, "the object cannot be opened"))
    }
    return try folder(at: parent, on: location, in: file).open(member, at: location)
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
