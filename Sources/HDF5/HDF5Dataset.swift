import CHDF5

/// An array in a file.
///
/// It is a path, so it stays valid as long as the file is open.
public struct HDF5Dataset: HDF5Object {
  /// The file it is in.
  public let file: HDF5File
  /// Where in the file it is, from the root.
  public let path: String
  /// The extent of every axis, row-major; empty for a single element.
  public let shape: [Int]
  /// What kind of element it holds.
  public let elementKind: HDF5ElementKind

  /// Reads every element, in row-major order.
  ///
  /// - Throws: `HDF5Error` when the stored elements are of another type, there are more than the
  ///   limits allow, or they cannot be read.
  public func read<Element: HDF5Element>(
    _: Element.Type, limits: HDF5Limits = .standard
  ) throws(HDF5Error) -> [Element] {
    Library.enter()
    defer { Library.leave() }
    let storage = Storage(identifier: try open(), role: .dataset, location: location)
    try storage.refuseOtherFiles()
    return try storage.read(Element.self, limits: limits).elements
  }
}

extension HDF5Container {
  /// The dataset at a path; its elements are not read.
  ///
  /// - Throws: `HDF5Error` when nothing is there, or something else.
  public func dataset(_ path: String) throws(HDF5Error) -> HDF5Dataset {
    Library.enter()
    defer { Library.leave() }
    let storage = try openDataset(path)
    let type = try storage.type()
    return HDF5Dataset(
      file: file, path: storage.location.path, shape: try storage.shape(), elementKind: type.kind)
  }

  /// Reads the dataset at a path: its shape and its elements in row-major order.
  ///
  /// - Throws: `HDF5Error` when nothing is there, the stored elements are of another type, there are
  ///   more than the limits allow, or they cannot be read.
  public func read<Element: HDF5Element>(
    _: Element.Type, _ path: String, limits: HDF5Limits = .standard
  ) throws(HDF5Error) -> (shape: [Int], elements: [Element]) {
    Library.enter()
    defer { Library.leave() }
    let storage = try openDataset(path)
    try storage.refuseOtherFiles()
    return try storage.read(Element.self, limits: limits)
  }

  private func openDataset(_ path: String) throws(HDF5Error) -> Storage {
    let location = Location(file: file.name, path: try Path.join(self, path))
    let object = try file.openObject(location.path)
    let found = HDF5ObjectKind(ofObject: object.raw)
    guard found == .dataset else {
      throw location.refusal(.wrongObject, "expected a dataset, found a \(found.rawValue)")
    }
    return Storage(identifier: object, role: .dataset, location: location)
  }

  /// Makes a dataset, and the groups above it that are not there yet.
  ///
  /// - Parameters:
  ///   - elements: what to store, in row-major order.
  ///   - shape: the extent of every axis; empty for a single element, and any may be 0.
  ///   - path: where to put it.
  /// - Throws: `HDF5Error` when the elements do not fill the shape, something is there already, or
  ///   they cannot be written.
  @discardableResult
  public func write<Element: HDF5Element>(
    _ elements: [Element], shape: [Int], to path: String
  ) throws(HDF5Error) -> HDF5Dataset {
    Library.enter()
    defer { Library.leave() }
    let path = try Path.join(self, path)
    let location = Location(file: file.name, path: path)
    guard try Dataspace.count(of: shape, at: location) == elements.count else {
      throw location.refusal(
        .shape, "\(elements.count) elements do not fill the shape \(shape)")
    }
    guard try file.kindOfObject(path) == nil else {
      throw location.refusal(.existingObject, "there is something of this name already")
    }
    try file.makeGroups(Path.members(of: path).dropLast())

    let type = StoredType(try Element.coding.type(elements, .dataset, location))
    let space = try Dataspace.make(shape, at: location)
    let (byteCount, _) = type.size.multipliedReportingOverflow(by: elements.count)
    let creation = try Properties.datasetCreation(byteCount: byteCount, at: location)
    let dataset = try Identifier(
      H5Dcreate2(
        file.openIdentifier(for: location), path, type.identifier.raw, space.raw,
        chdf5_default_properties(), creation.raw, chdf5_default_properties()),
      closedBy: H5Dclose, orThrow: location.failure(.library, "the dataset cannot be made"))
    let storage = Storage(identifier: dataset, role: .dataset, location: location)
    try storage.write(elements)
    return HDF5Dataset(file: file, path: path, shape: shape, elementKind: type.kind)
  }
}
