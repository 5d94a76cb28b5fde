import CHDF5

extension HDF5Object {
  /// The names of the attributes, sorted by their bytes; those that dimension scales use included.
  ///
  /// - Throws: `HDF5Error` when they cannot be read.
  public func attributeNames() throws(HDF5Error) -> [String] {
    Library.enter()
    defer { Library.leave() }
    let object = try open()
    return try CStringCollector.collect(at: location, orSay: "the attributes cannot be read") {
      H5Aiterate2(
        object.raw, H5_INDEX_NAME, H5_ITER_INC, nil,
        { _, name, _, context in
          CStringCollector.add(name, to: context)
          return 0
        }, $0)
    }
  }

  /// Whether there is an attribute of this name.
  ///
  /// - Throws: `HDF5Error` when no attribute can have the name, or the object cannot be read.
  public func hasAttribute(_ name: String) throws(HDF5Error) -> Bool {
    Library.enter()
    defer { Library.leave() }
    let object = try open()
    return try hasAttribute(name, of: object)
  }

  /// Reads an attribute that holds one element.
  ///
  /// - Throws: `HDF5Error` when there is none of this name, it is of another type, holds more or
  ///   fewer than one element, or exceeds the limits.
  public func attribute<Element: HDF5Element>(
    _ name: String, as _: Element.Type, limits: HDF5Limits = .standard
  ) throws(HDF5Error) -> Element {
    let (shape, elements): ([Int], [Element]) = try readAttribute(name, limits: limits)
    guard elements.count == 1, let element = elements.first else {
      throw attributeLocation(name).refusal(
        .shape, "expected a single element, found the shape \(shape)")
    }
    return element
  }

  /// Reads an attribute that holds a list.
  ///
  /// - Throws: `HDF5Error` when there is none of this name, it is of another type, does not have one
  ///   axis, or exceeds the limits.
  public func attribute<Element: HDF5Element>(
    _ name: String, as _: [Element].Type, limits: HDF5Limits = .standard
  ) throws(HDF5Error) -> [Element] {
    let (shape, elements): ([Int], [Element]) = try readAttribute(name, limits: limits)
    guard shape.count == 1 else {
      throw attributeLocation(name).refusal(
        .shape, "expected a list, found the shape \(shape)")
    }
    return elements
  }

  /// Sets an attribute to one element, in the place of one that is there.
  ///
  /// - Throws: `HDF5Error` when no attribute can have the name, or it cannot be written.
  public func setAttribute<Element: HDF5Element>(
    _ name: String, to element: Element
  ) throws(HDF5Error) {
    try writeAttribute(name, [element], shape: [])
  }

  /// Sets an attribute to a list, in the place of one that is there.
  ///
  /// - Throws: `HDF5Error` when no attribute can have the name, or it cannot be written.
  public func setAttribute<Element: HDF5Element>(
    _ name: String, to elements: [Element]
  ) throws(HDF5Error) {
    try writeAttribute(name, elements, shape: [elements.count])
  }

  /// Where an error about an attribute points to.
  private func attributeLocation(_ name: String) -> Location {
    Location(file: file.name, path: "\(path) @\(Path.printable(name))")
  }

  private func hasAttribute(
    _ name: String, of object: borrowing Identifier
  ) throws(HDF5Error) -> Bool {
    let location = attributeLocation(name)
    guard !name.isEmpty, !name.utf8.contains(0) else {
      throw location.refusal(.invalidName, "no attribute can have this name")
    }
    let found = H5Aexists(object.raw, name)
    try location.check(found, "the attributes cannot be read")
    return found > 0
  }

  private func readAttribute<Element: HDF5Element>(
    _ name: String, limits: HDF5Limits
  ) throws(HDF5Error) -> (shape: [Int], elements: [Element]) {
    Library.enter()
    defer { Library.leave() }
    let location = attributeLocation(name)
    let object = try open()
    guard try hasAttribute(name, of: object) else {
      throw location.refusal(.missingAttribute, "there is no such attribute")
    }
    let attribute = try Identifier(
      H5Aopen(object.raw, name, chdf5_default_properties()), closedBy: H5Aclose,
      orThrow: location.failure(.library, "the attribute cannot be opened"))
    let storage = Storage(identifier: attribute, role: .attribute, location: location)
    return try storage.read(Element.self, limits: limits)
  }

  private func writeAttribute<Element: HDF5Element>(
    _ name: String, _ elements: [Element], shape: [Int]
  ) throws(HDF5Error) {
    Library.enter()
    defer { Library.leave() }
    let location = attributeLocation(name)
    let object = try open()
    let type = try Element.coding.type(elements, .attribute, location)
    let space = try Dataspace.make(shape, at: location)
    if try hasAttribute(name, of: object) {
      try location.check(H5Adelete(object.raw, name), "the attribute cannot be replaced")
    }
    let attribute = try Identifier(
      H5Acreate2(
        object.raw, name, type.raw, space.raw, chdf5_default_properties(),
        chdf5_default_properties()),
      closedBy: H5Aclose, orThrow: location.failure(.library, "the attribute cannot be made"))
    let storage = Storage(identifier: attribute, role: .attribute, location: location)
    try storage.write(elements)
  }
}
