import CHDF5

/// A file or a group: something that holds groups and datasets.
///
/// A path given to its methods starts here, unless it starts with a slash: then at the file's root.
public protocol HDF5Container: HDF5Object {}

/// A member of a group.
public struct HDF5Member: Hashable, Sendable {
  /// Its name in the group.
  public let name: String
  /// What it is.
  public let kind: HDF5ObjectKind
}

extension HDF5Container {
  /// The group at a path.
  ///
  /// - Throws: `HDF5Error` when nothing is there, or something else.
  public func group(_ path: String) throws(HDF5Error) -> HDF5Group {
    Library.enter()
    defer { Library.leave() }
    let group = HDF5Group(file: file, path: try Path.join(self, path))
    let found = try group.kind()
    guard found == .group else {
      throw group.location.refusal(.wrongObject, "expected a group, found a \(found.rawValue)")
    }
    return group
  }

  /// Makes a group, and the groups above it that are not there yet.
  ///
  /// - Throws: `HDF5Error` when something is there already.
  @discardableResult
  public func createGroup(_ path: String) throws(HDF5Error) -> HDF5Group {
    Library.enter()
    defer { Library.leave() }
    let group = HDF5Group(file: file, path: try Path.join(self, path))
    guard try file.kindOfObject(group.path) == nil else {
      throw group.location.refusal(.existingObject, "there is something of this name already")
    }
    try file.makeGroups(Path.members(of: group.path))
    return group
  }

  /// Whether a group or dataset is at a path.
  ///
  /// - Throws: `HDF5Error` when the path cannot be one, or what is there cannot be opened.
  public func exists(_ path: String) throws(HDF5Error) -> Bool {
    Library.enter()
    defer { Library.leave() }
    return try file.kindOfObject(Path.join(self, path)) != nil
  }

  /// The members, sorted by the bytes of their names.
  ///
  /// - Throws: `HDF5Error` when they cannot be read, or a name is not UTF-8.
  public func members() throws(HDF5Error) -> [HDF5Member] {
    Library.enter()
    defer { Library.leave() }
    let group = try open()
    let names = try CStringCollector.collect(at: location, orSay: "the members cannot be read") {
      chdf5_visit_links(
        group.raw, { name, context in CStringCollector.add(name, to: context) }, $0)
    }
    return names.map { name in
      let object = H5Oopen(group.raw, name, file.links.raw)
      guard object >= 0 else { return HDF5Member(name: name, kind: .other) }
      defer { H5Oclose(object) }
      return HDF5Member(name: name, kind: HDF5ObjectKind(ofObject: object))
    }
  }
}

extension HDF5File {
  /// Makes every group along a path that is not there yet.
  ///
  /// libhdf5 would make the ones in between by itself, but with the time of day in them.
  func makeGroups(_ names: [Substring]) throws(HDF5Error) {
    var path = ""
    for name in names {
      path += "/\(name)"
      let location = Location(file: self.name, path: path)
      switch try kindOfObject(path) {
      case .group: continue
      case nil:
        let creation = try Properties.groupCreation(at: location)
        _ = try Identifier(
          H5Gcreate2(
            openIdentifier(for: location), path, chdf5_default_properties(), creation.raw,
            chdf5_default_properties()),
          closedBy: H5Gclose, orThrow: location.failure(.library, "the group cannot be made"))
      case .some(let found):
        throw location.refusal(
          .wrongObject, "expected a group or nothing, found a \(found.rawValue)")
      }
    }
  }
}
