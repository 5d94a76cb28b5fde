import CHDF5

/// An open dataset or attribute: where elements are read from and written to.
struct Storage: ~Copyable {
  /// Which of the two it is.
  enum Role {
    case dataset
    case attribute
  }

  let identifier: Identifier
  let role: Role
  let location: Location

  /// The type of its elements.
  func type() throws(HDF5Error) -> StoredType {
    StoredType(
      try Identifier(
        role == .dataset ? H5Dget_type(identifier.raw) : H5Aget_type(identifier.raw),
        closedBy: H5Tclose, orThrow: location.failure(.library, "the type cannot be read")))
  }

  /// Its dataspace.
  func space() throws(HDF5Error) -> Identifier {
    try Identifier(
      role == .dataset ? H5Dget_space(identifier.raw) : H5Aget_space(identifier.raw),
      closedBy: H5Sclose, orThrow: location.failure(.library, "the shape cannot be read"))
  }

  /// Its shape.
  func shape() throws(HDF5Error) -> [Int] {
    let space = try space()
    return try Dataspace.shape(of: space, at: location)
  }

  /// Throws where the elements of a dataset lie in other files, which are not to be opened on a file's word.
  func refuseOtherFiles() throws(HDF5Error) {
    let creation = try Identifier(
      H5Dget_create_plist(identifier.raw), closedBy: H5Pclose,
      orThrow: location.failure(.library, "the layout cannot be read"))
    guard H5Pget_layout(creation.raw) != H5D_VIRTUAL, H5Pget_external_count(creation.raw) == 0
    else {
      throw location.refusal(.foreignStorage, "the elements are stored in other files")
    }
  }

  /// Reads every element into memory that holds as many of the given type.
  func read(_ memoryType: hid_t, into memory: UnsafeMutableRawPointer?) -> herr_t {
    switch role {
    case .dataset:
      H5Dread(
        identifier.raw, memoryType, chdf5_whole_dataspace(), chdf5_whole_dataspace(),
        chdf5_default_properties(), memory)
    case .attribute: H5Aread(identifier.raw, memoryType, memory)
    }
  }

  /// Writes every element from memory that holds as many of the given type.
  func write(_ memoryType: hid_t, from memory: UnsafeRawPointer?) -> herr_t {
    switch role {
    case .dataset:
      H5Dwrite(
        identifier.raw, memoryType, chdf5_whole_dataspace(), chdf5_whole_dataspace(),
        chdf5_default_properties(), memory)
    case .attribute: H5Awrite(identifier.raw, memoryType, memory)
    }
  }

  /// Reads every element.
  ///
  /// - Throws: `.elementKind` where the stored elements are of another type, `.limit` where there
  ///   are too many of them.
  func read<Element: HDF5Element>(
    _: Element.Type, limits: HDF5Limits
  ) throws(HDF5Error) -> (shape: [Int], elements: [Element]) {
    let type = try type()
    guard Element.coding.accepts(type.kind) else {
      throw location.refusal(
        .elementKind, "expected \(Element.coding.name), found \(type.kind)")
    }
    let shape = try shape()
    let count = try Dataspace.count(of: shape, at: location)
    guard count <= limits.elements else {
      throw location.refusal(
        .limit, "expected at most \(limits.elements) elements, found \(count)")
    }
    guard count > 0 else { return (shape, []) }
    return (shape, try Element.coding.read(self, type, count, limits))
  }

  /// Writes every element, as many as the shape it was made with holds.
  func write<Element: HDF5Element>(_ elements: [Element]) throws(HDF5Error) {
    guard !elements.isEmpty else { return }
    try Element.coding.write(self, elements)
  }
}
